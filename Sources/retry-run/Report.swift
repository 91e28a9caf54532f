import POSIX
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

    func write(to path: String, by supervisor: Supervisor) throws {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = try encoder.encode(self)
        try supervisor.write([UInt8](data) + [UInt8(ascii: "\n")], to: path)
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
