import Foundation
import HTTP
import Synchronization

/// A server on loopback, which ends with this value.
final class TestServer: Sendable {
    struct Request: Decodable {
        let event: String
        var method: String?
        var target: String?
        var headers: [String: String]?
        var body: Int?
        let connection: Int
    }

    let port: Int
    private let scheme: String
    private let process: ServerProcess

    init(tls certificate: TestCertificate? = nil) throws {
        process = try ServerProcess.shared.get()
        scheme = certificate == nil ? "http" : "https"
        let answer = try process.ask("open " + (certificate?.keyAndCertificate ?? ""))
        guard let port = Int(answer) else { throw ServerProcess.NoAnswer() }
        self.port = port
    }

    /// The address of a server that never says a word.
    static func mute() throws -> HTTPURL {
        try HTTPURL("https://127.0.0.1:\(ServerProcess.shared.get().ask("mute"))/")
    }

    /// The address of a server that breaks off every handshake in that way.
    static func breaking(_ way: String, _ certificate: TestCertificate) throws -> HTTPURL {
        let port = try ServerProcess.shared.get()
            .ask("breaking \(way) \(certificate.keyAndCertificate)")
        return try HTTPURL("https://127.0.0.1:\(port)/")
    }

    deinit {
        _ = try? process.ask("close \(port)")
    }

    func url(_ path: String, host: String = "127.0.0.1") throws -> HTTPURL {
        try HTTPURL("\(scheme)://\(host):\(port)\(path)")
    }

    var requests: [Request] {
        get throws { try log.filter { $0.event == "request" } }
    }

    var connectionCount: Int {
        get throws { try log.count { $0.event == "connection" } }
    }

    private var log: [Request] {
        get throws {
            try JSONDecoder().decode([Request].self, from: Data(process.ask("log \(port)").utf8))
        }
    }
}

/// The process of all servers. It ends with its input, that is with this one.
final class ServerProcess: Sendable {
    struct NoAnswer: Error {}

    static let shared = Result { try ServerProcess() }

    private let ends: Mutex<(input: FileHandle, output: FileHandle)>

    private init() throws {
        let (input, output) = (Pipe(), Pipe())
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", pythonServer]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        ends = Mutex((input.fileHandleForWriting, output.fileHandleForReading))
    }

    func ask(_ command: String) throws -> String {
        try ends.withLock { ends in
            try ends.input.write(contentsOf: Data((command + "\n").utf8))
            var answer = Data()
            while answer.last != UInt8(ascii: "\n") {
                let more = ends.output.availableData
                if more.isEmpty { throw NoAnswer() }
                answer += more
            }
            return String(decoding: answer.dropLast(), as: UTF8.self)
        }
    }
}
