import Console
import Foundation
import Glibc
import ProcessRunner
import RetryEngine

/// The report: one JSON object. Seconds are numbers, times RFC 3339 in UTC, what is absent is null.
struct Report: Encodable {
    private let version = 1
    private let command: String
    @Nullable private var exitCode: Int32?
    @Nullable private var signal: String?
    private let result: String
    private let started: String
    private let duration: Double
    @Nullable private var deadline: Double?
    @Nullable private var worstCase: Double?
    private let attempts: [Attempt]

    private struct Attempt: Encodable {
        let number: Int
        let started: String
        let duration: Double
        let outcome: String
        @Nullable var exitCode: Int32?
        @Nullable var signal: String?
        let verdict: String
        let reason: String
        @Nullable var delayAfter: Double?
    }

    init(_ record: RunRecord, settings: RunSettings) {
        command = record.command
        result = record.result.rawValue
        started = Self.time(record.started)
        duration = record.duration.rounded
        deadline = settings.deadline?.rounded
        worstCase = DryRun(settings).worstCase?.rounded
        attempts = record.attempts.map(Self.attempt)
        switch record.exit {
        case .code(let code): exitCode = code
        case .signal(let name): signal = "\(name)"
        }
    }

    /// Writes to a temporary file beside `path` and renames it, so that nobody reads half of it.
    ///
    /// A link is followed to the file that it names; what is no regular file (a device, a pipe) is
    /// written to as it is.
    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var data = try encoder.encode(self)
        data.append(UInt8(ascii: "\n"))
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            return try writeDirectly(data, to: path)
        }
        let target = realpath(path, nil)
        defer { free(target) }
        try replace(target.map { String(cString: $0) } ?? path, with: data)
    }

    private func writeDirectly(_ data: Data, to path: String) throws {
        let file = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY)
        defer { close(file) }
        guard file >= 0, data.withUnsafeBytes({ writeAll(file, $0) }) else {
            throw UsageError("\(path): \(errorText(errno))")
        }
    }

    private func replace(_ path: String, with data: Data) throws {
        var template = Array("\(path).XXXXXX".utf8CString)
        let file = mkstemp(&template)
        guard file >= 0 else { throw UsageError("\(path): \(errorText(errno))") }
        let isWritten = data.withUnsafeBytes { writeAll(file, $0) }
        let mask = umask(0)
        umask(mask)
        if !isWritten || fchmod(file, 0o666 & ~mask) < 0 || close(file) < 0
            || rename(template, path) < 0
        {
            let number = errno
            unlink(template)
            throw UsageError("\(path): \(errorText(number))")
        }
    }

    private static func attempt(_ record: AttemptRecord) -> Attempt {
        var attempt = Attempt(
            number: record.number, started: time(record.started),
            duration: record.duration.rounded, outcome: outcome(record),
            verdict: record.judgement.verdict.word, reason: record.reason)
        switch record.completion {
        case .ended(.exited(let code)): attempt.exitCode = code
        case .ended(.signalled(let signal)), .timedOut(.signalled(let signal)?):
            attempt.signal = "\(signal)"
        case .timedOut(.exited(let code)?): attempt.exitCode = code
        case .timedOut(nil): break
        case .notStarted(let failure): attempt.exitCode = failure.exitCode
        }
        attempt.delayAfter = record.delayAfter?.rounded
        return attempt
    }

    private static func outcome(_ record: AttemptRecord) -> String {
        switch record.completion {
        case .ended(.exited): "exited"
        case .ended(.signalled): "signalled"
        case .timedOut: record.hitDeadline ? "deadline" : "timeout"
        case .notStarted: "not-started"
        }
    }

    private static func time(_ seconds: Double) -> String {
        Date(timeIntervalSince1970: seconds).formatted(.iso8601)
    }
}

/// A value that is written as null when it is absent.
@propertyWrapper
private struct Nullable<Value: Encodable>: Encodable {
    var wrappedValue: Value?

    init(wrappedValue: Value? = nil) {
        self.wrappedValue = wrappedValue
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wrappedValue)
    }
}

extension Duration {
    /// Seconds, to the millisecond.
    fileprivate var rounded: Double { (inSeconds * 1000).rounded() / 1000 }
}

extension Verdict {
    fileprivate var word: String {
        switch self {
        case .succeeded: "success"
        case .stop: "stop"
        case .retry: "retry"
        }
    }
}
