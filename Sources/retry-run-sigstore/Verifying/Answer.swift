import Console
import JSON
import POSIX
import Sigstore

/// What is found out about a bundle, for people and for programs.
enum Answer {
    case verified(Verification, String)
    case notVerified(VerificationFailure, String)

    var exitCode: ExitCode {
        switch self {
        case .verified: .success
        case .notVerified: .refused
        }
    }

    /// On stdout, and in the report; a report that cannot be written changes nothing.
    /// - Throws: `UsageError` when stdout cannot be written.
    func give(_ options: ResultOptions) throws {
        let json = json.text() + [UInt8(ascii: "\n")]
        if let report = options.report {
            do {
                try OutputFile(report).write(json)
            } catch {
                Reporter(isQuiet: options.quiet).warn("the report was not written: \(error)")
            }
        }
        switch (options.output, self) {
        case (.json, _): try StandardDescriptors.writeOutput(json)
        case (.text, .verified) where options.quiet: break
        case (.text, .verified): try StandardDescriptors.writeOutput(Array(text.utf8))
        case (.text, .notVerified): Reporter().fail(text)
        }
    }

    private var text: String {
        switch self {
        case .notVerified(let failure, let artifact):
            return "\(artifact) is not verified: \(failure) "
                + "(step \(failure.step), \(failure.className))"
        case .verified(let verification, let artifact):
            var text = "Verified OK: \(artifact)"
            if let identity = verification.identity, let issuer = verification.issuer {
                text += ", signed by \(identity) (\(issuer))"
            } else {
                text += ", signed by the given key"
            }
            if let time = verification.times.first { text += " at \(timeText(time.time))" }
            for entry in verification.entries { text += ", entry \(entry.index) of \(entry.log)" }
            if let type = verification.predicateType { text += ", an attestation of \(type)" }
            return printable(text.utf8) + "\n"
        }
    }

    private var json: JSONValue {
        switch self {
        case .notVerified(let failure, let artifact):
            return [
                "verified": .bool(false), "artifact": .string(artifact.displayedFileName),
                "step": .integer(Int64(failure.step)), "class": .string(failure.className),
                "message": .string(withoutSecrets("\(failure)")),
            ]
        case .verified(let verification, let artifact):
            return [
                "verified": .bool(true), "artifact": .string(artifact.displayedFileName),
                "identity": .text(verification.identity), "issuer": .text(verification.issuer),
                "times": .array(verification.times.map(\.json)),
                "entries": .array(verification.entries.map(\.json)),
                "predicate_type": .text(verification.predicateType),
                "subjects": .array(verification.subjects.map(JSONValue.string)),
            ]
        }
    }
}

extension Verification.VerifiedTime {
    fileprivate var json: JSONValue {
        [
            "time": .string(timeText(time)), "source": .string(source.rawValue),
            "authority": .string(authority),
        ]
    }
}

extension Verification.LogRecord {
    fileprivate var json: JSONValue {
        [
            "log": .string(log), "index": .integer(index), "kind": .string("\(kind)"),
            "integrated_time": .text(integrated.map(timeText)),
        ]
    }
}

extension JSONValue {
    /// What is absent is null.
    static func text(_ text: String?) -> JSONValue {
        text.map(JSONValue.string) ?? .null
    }
}
