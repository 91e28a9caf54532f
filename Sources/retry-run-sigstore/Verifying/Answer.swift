import Console
import JSON
import POSIX
import Sigstore

/// What is found out about an artifact, for people and for programs.
struct Answer {
    private let finding: Finding
    private let artifact: String
    /// The file that has decided.
    private let bundle: String

    init(_ finding: Finding, artifact: String, bundle: String) {
        self.finding = finding
        self.artifact = artifact
        self.bundle = bundle
    }

    var exitCode: ExitCode {
        switch finding.result {
        case .success: .success
        case .failure: .refused
        }
    }

    /// On stdout, and in the report; a report that cannot be written changes nothing.
    /// - Throws: `UsageError` when stdout cannot be written.
    func give(_ options: ResultOptions) throws {
        let json = printableJSON(json.text() + [UInt8(ascii: "\n")])
        if let report = options.report {
            do {
                try OutputFile(report).write(json)
            } catch {
                Reporter(isQuiet: options.quiet).warn("the report was not written: \(error)")
            }
        }
        switch (options.output, finding.result) {
        case (.json, _): try StandardDescriptors.writeOutput(json)
        case (.text, .success) where options.quiet: break
        case (.text, .success): try StandardDescriptors.writeOutput(Array(text.utf8))
        case (.text, .failure): Reporter().fail(text)
        }
    }

    private var text: String {
        switch finding.result {
        case .failure(let failure):
            return "\(artifact) is not verified: \(source.map { "\($0): " } ?? "")\(failure) "
                + "(step \(failure.step), \(failure.className))"
        case .success(let verification):
            var text = "Verified OK: \(artifact)"
            if let identity = verification.identity {
                text += ", signed by \(identity) (\(verification.issuer ?? "no issuer"))"
            } else {
                text += ", signed by the given key"
            }
            if let time = verification.times.first { text += " at \(timeText(time.time))" }
            for entry in verification.entries { text += ", entry \(entry.index) of \(entry.log)" }
            if let type = verification.predicateType { text += ", an attestation of \(type)" }
            if finding.place != nil, let source { text += ", by \(source)" }
            return printable(text.utf8) + "\n"
        }
    }

    /// The bundle, where it has to be named.
    private var source: String? {
        if let place = finding.place { return "\(place) of \(bundle)" }
        if case .failure(.bundle) = finding.result { return bundle }
        return nil
    }

    private var json: JSONValue {
        let place: [String: JSONValue] = [
            "artifact": .string(artifact.displayedFileName),
            "bundle": .string(bundle.displayedFileName),
            "line": finding.place?.line.map { .integer(Int64($0)) } ?? .null,
            "place": .text(finding.place?.path),
        ]
        return .object(members.merging(place) { first, _ in first })
    }

    private var members: [String: JSONValue] {
        switch finding.result {
        case .failure(let failure):
            return [
                "verified": .bool(false), "step": .integer(Int64(failure.step)),
                "class": .string(failure.className), "message": .string("\(failure)"),
            ]
        case .success(let verification):
            return [
                "verified": .bool(true),
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
