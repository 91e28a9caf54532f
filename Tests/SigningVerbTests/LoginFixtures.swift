import CLinux
import Foundation
import Glibc
import HTTP
import RetryEngine
import TestSupport

/// A folder for one test's scripts.
final class ScriptFolder {
    private let path: String

    init() throws {
        path = NSTemporaryDirectory() + "/retry-run-login-\(UUID())"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    /// The path of a new file with that content.
    func write(_ name: String, _ text: String) throws -> String {
        try text.write(toFile: file(name), atomically: true, encoding: .utf8)
        return file(name)
    }

    func lines(of name: String) throws -> [String] {
        try String(contentsOfFile: file(name), encoding: .utf8)
            .split(separator: "\n").map(String.init)
    }
}

/// A pipe that something is written into, or not.
final class Pipe {
    let reading: Int32
    private let writing: Int32

    init(_ text: String = "") {
        var ends: [Int32] = [-1, -1]
        precondition(close_on_exec_pipe(&ends) == 0)
        (reading, writing) = (ends[0], ends[1])
        if !text.isEmpty { _ = Glibc.write(writing, text, text.utf8.count) }
    }

    deinit {
        close(reading)
        close(writing)
    }

    /// What can be opened to read from it.
    var path: String { "/proc/self/fd/\(reading)" }
}

/// A clock that wakes at once, beside the real time.
final class WakefulClock: RetryClock {
    private(set) var pauses: [Duration] = []

    var now: ContinuousClock.Instant { .now }

    func pause(for duration: Duration) -> Bool {
        pauses.append(duration)
        return true
    }
}

/// The answer to a plain GET.
func get(_ url: String) throws -> HTTPResponse {
    try CurlTransport(userAgent: "retry-run-tests")
        .exchange(HTTPRequest(.get, HTTPURL(url)), timeout: .seconds(10))
}

/// Long enough for whatever must happen.
func soon() -> ContinuousClock.Instant { .now.advanced(by: .seconds(20)) }
