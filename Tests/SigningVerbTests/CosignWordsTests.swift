import Console
import Testing

@testable import retry_run_sigstore

@Suite("cosign's words")
struct CosignWordsTests {
    private func words(_ words: String) throws -> [String] {
        try CosignWords(words.split(separator: " ").map(String.init)).words
    }

    private static let switches: [(String, String)] = CosignFlag.all.filter(\.isBoolean).flatMap {
        flag in flag.verbs.map { ($0, flag.name) }
    }

    @Test("every flag without a value takes Go's values, and no others", arguments: switches)
    func booleans(verb: String, name: String) throws {
        let flag = try #require(CosignFlag.named(name, of: verb))
        for value in ["=0", "=f", "=F", "=false", "=False", "=FALSE"] {
            let off = try words("\(verb) --\(name)\(value)")
            #expect(off == [verb] || off == [verb, "--no-\(name)"], "\(value)")
        }
        for value in ["", "=1", "=t", "=T", "=true", "=True", "=TRUE"] {
            switch flag.treatment {
            case .taken: #expect(try words("\(verb) --\(name)\(value)") == [verb, "--\(name)"])
            case .ignored: #expect(try words("\(verb) --\(name)\(value)") == [verb])
            case .refused, .part:
                #expect(throws: UsageError.self) { try words("\(verb) --\(name)\(value)") }
            }
        }
        for value in ["=", "=yes", "=maybe", "=2", "=tRUE"] {
            let error = #expect(throws: UsageError.self) { try words("\(verb) --\(name)\(value)") }
            #expect(error?.description == "--\(name): expected true or false")
        }
    }

    @Test("of several the last counts, as for Go")
    func last() throws {
        #expect(
            try words("sign-blob --tlog-upload=false --tlog-upload app")
                == ["sign-blob", "--tlog-upload", "app"])
        #expect(
            try words("sign-blob --no-tlog-upload --tlog-upload=F app")
                == ["sign-blob", "--no-tlog-upload", "app"])
        #expect(try words("verify-blob --offline --offline=0 app") == ["verify-blob", "app"])
        #expect(try words("sign-blob -y=1 -y app") == ["sign-blob", "--yes", "app"])
        #expect(try words("sign --quiet=f --no-log=T app") == ["sign", "--no-log", "app"])
    }

    @Test("what stands behind -- or is a value is no flag")
    func values() throws {
        #expect(
            try words("sign-blob --bundle --yes=1 -- --yes=1")
                == ["sign-blob", "--bundle", "--yes=1", "--", "--yes=1"])
    }

    @Test("the old names of flags are those of today")
    func oldNames() throws {
        #expect(
            try words("verify-blob --cert-identity=a --cert-oidc-issuer b app")
                == [
                    "verify-blob", "--certificate-identity=a", "--certificate-oidc-issuer", "b",
                    "app",
                ])
    }

    @Test("files for parts of the bundle are warned of beside it, and refused without")
    func parts() throws {
        let given = try CosignWords([
            "sign-blob", "--output-signature", "s", "--output-cert=c", "--bundle=b", "app",
        ])
        #expect(given.words == ["sign-blob", "--bundle=b", "app"])
        #expect(
            given.warnings == [
                "--output-signature is ignored: the signature is in the bundle",
                "--output-cert is ignored: the certificate is in the bundle",
            ])
        let error = #expect(throws: UsageError.self) {
            try words("sign-blob --output-signature=s app")
        }
        #expect(
            error?.description
                == "--output-signature: the signature is written as a part of the bundle only; say "
                + "where that goes: --bundle FILE")
    }

    @Test("a flag that cannot be honoured says what to write instead, and no value")
    func refused() {
        for flag in CosignFlag.all {
            guard case .refused(let instead) = flag.treatment, !flag.isBoolean else { continue }
            for verb in flag.verbs {
                for form in ["--\(flag.name) s3cret", "--\(flag.name)=s3cret"] {
                    let error = #expect(throws: UsageError.self) { try words("\(verb) \(form)") }
                    #expect(error?.description == "--\(flag.name): \(instead)")
                }
                let error = #expect(throws: UsageError.self) { try words("\(verb) --\(flag.name)") }
                #expect(error?.description == "--\(flag.name): the value is missing")
            }
        }
    }
}
