import Console
import HTTP
import JSON
import OCI
import OperatingSystem
import SigningCrypto
import Sigstore

/// What is found out about an image: every signature that is there, and whether one will do.
struct ImageAnswer {
    /// A signature, as it was found and judged.
    struct Judged {
        let manifest: Digest
        let form: ImageSignature.Form
        let result: Result<Verification, VerificationFailure>
        /// What was signed.
        let content: [UInt8]?
    }

    /// A signature that is there and could not be had.
    struct Missing {
        let manifest: Digest
        let error: RegistryError
    }

    /// As it was asked for.
    let name: String
    /// By its digest; nil where it is not known.
    let image: String?
    /// What was looked for, such as `signature`.
    let what: String
    var judged: [Judged] = []
    var missing: [Missing] = []
    /// Why nothing is known at all, or nothing is to be believed.
    var failure: Failure?

    enum Failure {
        case registry(RegistryError)
        /// There is no trust to verify by.
        case noTrust(String)
    }

    /// The first that will do.
    var verified: Judged? { judged.first { (try? $0.result.get()) != nil } }

    var exitCode: ExitCode {
        switch failure {
        case .registry(let error): return error.exitCode
        case .noTrust: return .refused
        case nil: break
        }
        if verified != nil { return .success }
        // What could not be had may be the one that was meant.
        return missing.first { $0.error.failureClass != .permanent }?.error.exitCode ?? .refused
    }

    /// The way out, where there is one to name.
    var hint: String? {
        switch failure {
        case .registry(let error): error.hint
        case .noTrust: nil
        case nil:
            verified == nil
                && judged.contains {
                    if case .failure(.noLogEntry) = $0.result { true } else { false }
                }
                ? "a bundle without an entry needs --no-log, in cosign's words "
                    + "--insecure-ignore-tlog" : nil
        }
    }

    /// On stdout, and in the report; a report that cannot be written changes nothing.
    /// - Throws: `UsageError` when stdout cannot be written.
    func give(_ options: ResultOptions) throws {
        let json = printableJSON(json.text() + [UInt8(ascii: "\n")])
        options.writeReport(json)
        if options.output == .json {
            try StandardDescriptors.writeOutput(json)
        } else if verified == nil {
            Reporter().fail(text)
        } else if options.outputStatement == "-" {
            Reporter(isQuiet: options.quiet).note(text)
        } else if !options.quiet {
            try StandardDescriptors.writeOutput(Array((printable(text.utf8) + "\n").utf8))
        }
    }
}

// MARK: - Words

extension ImageAnswer {
    var text: String {
        if let verified, let verification = try? verified.result.get() {
            let others = judged.count - 1 + missing.count
            return Answer.text(verification, about: image ?? name, at: nil)
                + ", in \(verified.manifest.label)"
                + (others > 0 ? " (\(others) more there)" : "")
        }
        let (reason, className) = reason
        return exitCode == .refused || exitCode == .unusable
            ? "\(image ?? name) is not verified: \(reason) (\(className))"
            : "nothing is known of \(image ?? name): \(reason) (\(className))"
    }

    /// Why it is not verified, and a word for machines.
    private var reason: (String, className: String) {
        switch failure {
        case .registry(let error): return ("\(error)", error.className)
        case .noTrust(let reason): return (reason, "trust")
        case nil: break
        }
        if let unknown = missing.first(where: { $0.error.failureClass != .permanent }) {
            return ("\(unknown.manifest.label): \(unknown.error)", unknown.error.className)
        }
        if let (failure, judged) = furthest {
            let more = self.judged.count > 1 ? " (the best of \(self.judged.count))" : ""
            return (
                "\(judged.manifest.label)\(more): \(failure)",
                "step \(failure.step), \(failure.className)"
            )
        }
        if let missing = missing.first {
            return ("\(missing.manifest.label): \(missing.error)", missing.error.className)
        }
        return ("the registry has no \(what) of it", "not-found")
    }

    private var furthest: (VerificationFailure, Judged)? {
        var best: (VerificationFailure, Judged)?
        for signature in judged {
            guard case .failure(let failure) = signature.result else { continue }
            if failure.isFurther(than: best?.0) { best = (failure, signature) }
        }
        return best
    }

    var json: JSONValue {
        var members: [String: JSONValue] = [
            // Unknown is not a no.
            "verified": exitCode == .success
                ? .bool(true) : exitCode == .refused ? .bool(false) : .null,
            "artifact": .string(name), "image": .text(image),
            "signatures": .array(judged.map(\.json) + missing.map(\.json)),
        ]
        if let verification = try? verified?.result.get() {
            members.merge(Answer.members(verification)) { first, _ in first }
        } else {
            let (reason, className) = reason
            members["class"] = .string(furthest?.0.className ?? className)
            members["step"] =
                (failure == nil ? furthest : nil).map { .integer(Int64($0.0.step)) }
                ?? .null
            members["message"] = .string(withoutSecrets(reason))
        }
        return .object(members)
    }
}

extension ImageAnswer.Judged {
    fileprivate var json: JSONValue {
        var members: [String: JSONValue] = [
            "manifest": .string(manifest.label), "form": .string(form.rawValue),
        ]
        switch result {
        case .success(let verification):
            members["verified"] = .bool(true)
            members.merge(Answer.members(verification)) { first, _ in first }
        case .failure(let failure):
            members["verified"] = .bool(false)
            members.merge(Answer.members(failure, help: nil)) { first, _ in first }
        }
        return .object(members)
    }
}

extension ImageAnswer.Missing {
    fileprivate var json: JSONValue {
        [
            "manifest": .string(manifest.label),
            "verified": error.failureClass == .permanent ? .bool(false) : .null,
            "class": .string(error.className), "message": .string(withoutSecrets("\(error)")),
        ]
    }
}
