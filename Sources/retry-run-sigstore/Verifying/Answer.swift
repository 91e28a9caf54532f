import Console
import JSON
import OperatingSystem
import SigningCrypto
import Sigstore

/// What is found out about an artifact, for people and for programs.
struct Answer {
    enum Outcome {
        /// - Parameter help: What may have been meant; nil where there is no telling.
        case found(Finding, help: String?)
        /// There is no trust to verify by, for the given reason: what came is not to be believed.
        case noTrust(String)
    }

    let artifact: String
    /// The bundle's file.
    let bundle: String
    let outcome: Outcome

    private var verification: Verification? {
        if case .found(let finding, _) = outcome { try? finding.result.get() } else { nil }
    }

    private var place: Candidate.Place? {
        if case .found(let finding, _) = outcome { finding.place } else { nil }
    }

    /// The statement of the attestation that has been verified.
    var statement: [UInt8]? {
        guard case .found(let finding, _) = outcome,
            case .envelope(let envelope)? = finding.bundle?.content
        else { return nil }
        return envelope.payload
    }

    var exitCode: ExitCode { verification == nil ? .refused : .success }

    /// Whether the bundle has none, which may be as it should be.
    var isWithoutLogEntry: Bool {
        guard case .found(let finding, _) = outcome, case .failure(.noLogEntry) = finding.result
        else { return false }
        return true
    }

    /// On stdout, and in the report; a report that cannot be written changes nothing.
    /// - Throws: `UsageError` when stdout cannot be written.
    func give(_ options: ResultOptions) throws {
        let json = printableJSON(json.text() + [UInt8(ascii: "\n")])
        options.writeReport(json)
        switch (options.output, verification) {
        case (.json, _): try StandardDescriptors.writeOutput(json)
        case (.text, .some) where options.outputStatement == "-":
            Reporter(isQuiet: options.quiet).note(text)
        case (.text, .some) where options.quiet: break
        case (.text, .some): try StandardDescriptors.writeOutput(Array(text.utf8))
        case (.text, nil): Reporter().fail(text)
        }
    }

    private var text: String {
        switch outcome {
        case .noTrust(let reason):
            return "\(artifact) is not verified: \(reason) (trust)"
        case .found(let finding, let help):
            switch finding.result {
            case .failure(let failure):
                let place = finding.place.map { ", \($0)" } ?? ""
                return "\(artifact) is not verified: '\(bundle)'\(place): \(failure)"
                    + (help.map { "; \($0)" } ?? "")
                    + " (step \(failure.step), \(failure.className))"
            case .success(let verification):
                let place = place.map { "\($0) of \(bundle)" }
                let text = Self.text(verification, about: artifact, at: place)
                return printable(text.utf8) + "\n"
            }
        }
    }

    /// - Parameter place: Where the bundle was found, unless it has a file to itself.
    static func text(
        _ verification: Verification, about artifact: String, at place: String?
    ) -> String {
        var text = "Verified OK: \(artifact)"
        if let identity = verification.identity {
            text += ", signed by \(identity) (\(verification.issuer ?? "no issuer"))"
        } else {
            text += ", signed by the given key"
        }
        if let time = verification.times.first { text += " at \(timeText(time.time))" }
        for entry in verification.entries { text += ", entry \(entry.index) of \(entry.log)" }
        if let type = verification.predicateType { text += ", an attestation of \(type)" }
        if let place { text += ", by \(place)" }
        return text
    }

    private var json: JSONValue {
        let common: [String: JSONValue] = [
            "verified": .bool(verification != nil),
            "artifact": .string(artifact.displayedFileName),
            "bundle": .string(bundle.displayedFileName),
            "line": place?.line.map { .integer(Int64($0)) } ?? .null,
            "place": .text(place?.path),
        ]
        return .object(common.merging(members) { first, _ in first })
    }

    private var members: [String: JSONValue] {
        switch outcome {
        case .noTrust(let reason):
            return ["step": .null, "class": .string("trust"), "message": .string(reason)]
        case .found(let finding, let help):
            switch finding.result {
            case .failure(let failure): return Self.members(failure, help: help)
            case .success(let verification): return Self.members(verification)
            }
        }
    }

    /// What has been shown, for programs.
    static func members(_ verification: Verification) -> [String: JSONValue] {
        [
            "identity": .text(verification.identity),
            "issuer": .text(verification.issuer),
            "times": .array(verification.times.map(\.json)),
            "entries": .array(verification.entries.map(\.json)),
            "predicate_type": .text(verification.predicateType),
            "subjects": .array(verification.subjects.map(JSONValue.string)),
        ]
    }

    /// Why not, for programs.
    static func members(_ failure: VerificationFailure, help: String?) -> [String: JSONValue] {
        [
            "step": .integer(Int64(failure.step)), "class": .string(failure.className),
            "message": .string(withoutSecrets("\(failure)") + (help.map { "; \($0)" } ?? "")),
        ]
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
