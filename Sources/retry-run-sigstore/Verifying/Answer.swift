import Console
import JSON
import POSIX
import Sigstore

/// What is found out about a bundle, for people and for programs.
struct Answer {
    enum Finding {
        case verified(Verification)
        /// - Parameter help: What may have been meant; nil where there is no telling.
        case notVerified(VerificationFailure, help: String?)
        /// There is no trust to verify by, for the given reason: what came is not to be believed.
        case noTrust(String)
    }

    let artifact: String
    /// The bundle's file.
    let bundle: String
    let finding: Finding

    var exitCode: ExitCode {
        if case .verified = finding { .success } else { .refused }
    }

    /// On stdout, and in the report.
    /// - Throws: `UsageError` when one of them cannot be written.
    func give(_ options: ResultOptions) throws {
        let json = json.text() + [UInt8(ascii: "\n")]
        if let report = options.report {
            do {
                try OutputFile(report).write(json)
            } catch {
                throw UsageError("--report \(error)")
            }
        }
        let isWritten: Bool
        switch (options.output, finding) {
        case (.json, _):
            isWritten = json.withUnsafeBytes { writeAll(1, $0) }
        case (.text, .verified) where options.quiet:
            isWritten = true
        case (.text, .verified):
            isWritten = Array(text.utf8).withUnsafeBytes { writeAll(1, $0) }
        case (.text, .notVerified), (.text, .noTrust):
            Reporter().fail(text)
            isWritten = true
        }
        if !isWritten { throw UsageError("cannot write to stdout") }
    }

    private var text: String {
        switch finding {
        case .notVerified(let failure, let help):
            return "\(artifact) is not verified: '\(bundle)': \(failure)"
                + (help.map { "; \($0)" } ?? "") + " (step \(failure.step), \(failure.className))"
        case .noTrust(let reason):
            return "\(artifact) is not verified: \(reason) (trust)"
        case .verified(let verification):
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
        switch finding {
        case .notVerified(let failure, let help):
            return [
                "verified": .bool(false), "artifact": .string(artifact),
                "bundle": .string(bundle),
                "step": .integer(Int64(failure.step)), "class": .string(failure.className),
                "message": .string("\(failure)" + (help.map { "; \($0)" } ?? "")),
            ]
        case .noTrust(let reason):
            return [
                "verified": .bool(false), "artifact": .string(artifact),
                "bundle": .string(bundle), "step": .null, "class": .string("trust"),
                "message": .string(reason),
            ]
        case .verified(let verification):
            return [
                "verified": .bool(true), "artifact": .string(artifact),
                "bundle": .string(bundle),
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
