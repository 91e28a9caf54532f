import Console
import FoundationEssentials
import HTTP
import JSON
import OperatingSystem
import RetryEngine
import RetryForecast
import SigningCrypto
import Sigstore

/// The report of a signing: one JSON object. Seconds are numbers, times RFC 3339 in UTC, what is absent
/// is null.
struct SigningReport {
    let command: String
    let limits: RetryConfiguration
    let record: SigningRecord
    let outcome: SigningOutcome

    /// As a shell has it: a signal that came too late to stop anything ends the process all the same.
    private var exitNumber: Int32 {
        Cancellation.signal.map { Stopped.bySignal($0).exitCode } ?? outcome.exitCode.rawValue
    }

    var json: JSONValue {
        [
            "version": .integer(1), "command": .string(command),
            "result": .string(outcome.result), "class": .text(outcome.className),
            "message": .text(outcome.message.map(withoutSecrets)),
            "exit_code": .integer(Int64(exitNumber)),
            "started": .string(timeText(record.started.wholeSeconds)),
            "duration": .seconds(record.start.duration(to: .now)),
            "deadline": limits.deadline.map(JSONValue.seconds) ?? .null,
            "worst_case": limits.policy.worstCase(
                attemptLimit: limits.timeout, deadline: limits.deadline
            ).map(JSONValue.seconds) ?? .null,
            "fallback": record.files.lazy.compactMap(\.fallback).first?.json ?? .null,
            "files": .array(record.files.map(\.json)),
            "phases": .array(record.phases.map(\.json)),
        ]
    }
}

extension SigningRecord.File {
    private var unjudged: String? {
        isUnjudged ? "there is a bundle already, which was not looked at" : nil
    }

    fileprivate var json: JSONValue {
        [
            "file": .string(name), "bundle": .text(path?.displayedFileName),
            "signed": .bool(isComplete), "kept": .bool(isKept),
            "message": .text(
                isComplete ? nil : (failure ?? reason ?? unjudged).map(withoutSecrets)),
            "pending": .text(pending?.displayedFileName), "fallback": fallback?.json ?? .null,
            "pushed": .text(pushed),
            "identity": .text(verification?.identity), "issuer": .text(verification?.issuer),
            "entries": .array(
                (verification?.entries ?? []).map {
                    ["log": .string($0.log), "index": .integer($0.index)]
                }),
        ]
    }
}

extension LogFallback {
    fileprivate var json: JSONValue { ["from": .string(from.address), "to": .string(to.address)] }
}

extension SigningRecord.Phase {
    fileprivate var json: JSONValue {
        [
            "phase": .string(phase.rawValue), "started": .string(timeText(started.wholeSeconds)),
            "duration": .seconds(duration),
            "result": .string(error == nil ? "succeeded" : "failed"),
            "class": .text(error?.className),
            "message": .text(error.map { withoutSecrets($0.description) }),
            "attempts": .array(attempts.map(\.json)),
        ]
    }
}

extension SigningRecord.Attempt {
    fileprivate var json: JSONValue {
        [
            "number": .integer(Int64(number)), "call": .string(call),
            "started": .string(timeText(started.wholeSeconds)), "duration": .seconds(duration),
            "verdict": .string(failure == nil ? "success" : delayAfter == nil ? "stop" : "retry"),
            "class": .text(failure?.className),
            "reason": .text(failure.map { withoutSecrets("\($0.failure)") }),
            "delay_after": delayAfter.map(JSONValue.seconds) ?? .null,
        ]
    }
}

extension JSONValue {
    /// Seconds, to the millisecond.
    fileprivate static func seconds(_ duration: Duration) -> JSONValue {
        .number((duration.inSeconds * 1000).rounded() / 1000)
    }
}
