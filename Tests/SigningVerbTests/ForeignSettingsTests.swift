import Console
import Foundation
import HTTP
import Sigstore
import Testing

@testable import retry_run_sigstore

@Suite("Other tools' settings")
struct ForeignSettingsTests {
    private func settings(_ words: String, _ environment: [String: String]) throws
        -> ForeignSettings
    {
        try ForeignSettings(
            words.split(separator: " ").map(String.init), environment: { environment[$0] })
    }

    private func refusal(_ words: String, _ environment: [String: String]) -> String? {
        do {
            _ = try settings(words, environment)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test("a variable of cosign is the flag of its verbs, unless the words have it")
    func cosign() throws {
        let environment = [
            "COSIGN_REKOR_URL": "https://rekor.example", "COSIGN_YES": "1", "COSIGN_BUNDLE": "b",
            "COSIGN_PREDICATE": "", "COSIGN_PRIVATE_KEY": "k", "COSIGN_CHECK_CLAIMS": "x",
        ]
        let taken = try settings("sign-blob --bundle=mine app", environment)

        #expect(
            Set(taken.words) == [
                "sign-blob", "--rekor-url=https://rekor.example", "--yes=1", "--bundle=mine", "app",
            ])
        #expect(taken.words.last == "app")
        #expect(Set(taken.taken.map(\.variable)) == ["COSIGN_REKOR_URL", "COSIGN_YES"])
    }

    private static let deciding = CosignFlag.all.filter { $0.decides != nil }.map(\.name)

    @Test(
        "a variable that decides stops a verb of ours, which does not know it", arguments: deciding)
    func ownVerbs(name: String) throws {
        for flag in CosignFlag.all where flag.name == name && flag.decides != nil {
            let verbs = ["sign-blob": "sign", "attest-blob": "attest", "verify-blob": "verify"]
            for (theirs, ours) in verbs where flag.verbs.contains(theirs) {
                let error = try #require(refusal("\(ours) app", [flag.variable: "s3cret"]))
                #expect(
                    error.hasPrefix("\(flag.variable) is set, which is --\(name) of cosign's verbs")
                )
                #expect(!error.contains("s3cret"))
                #expect(refusal("\(ours) --\(name)=x app", [flag.variable: "s3cret"]) == nil)
                #expect(refusal("\(ours) --help", [flag.variable: "s3cret"]) == nil)
                #expect(refusal("\(ours) app", [flag.variable: ""]) == nil)
            }
        }
    }

    @Test("a variable that decides nothing is passed over by verbs of ours")
    func harmless() {
        let environment = ["COSIGN_YES": "true", "COSIGN_BUNDLE": "b", "COSIGN_VERBOSE": "1"]
        #expect(refusal("sign app", environment) == nil)
        #expect(refusal("verify app", environment) == nil)
    }

    @Test("a variable that cannot be honoured stops cosign's verbs, a flag that is off does not")
    func refusedFlags() throws {
        for flag in CosignFlag.all {
            guard case .refused = flag.treatment else { continue }
            for verb in flag.verbs {
                let error = try #require(refusal("\(verb) app", [flag.variable: "1"]))
                #expect(error.hasPrefix("\(flag.variable) is set: "))
                if flag.isBoolean {
                    #expect(refusal("\(verb) app", [flag.variable: "false"]) == nil)
                }
            }
        }
        #expect(refusal("sign-blob", ["COSIGN_YES": "x"]) == "COSIGN_YES: expected true or false")
    }

    @Test("a setting that is not honoured stops the run, unless an option says it")
    func refused() throws {
        for setting in ForeignSetting.all {
            guard case .refused(let refusal) = setting.treatment else { continue }
            let environment = [setting.name: refusal.isBoolean ? "yes" : "s3cret"]
            for verb in ["sign", "attest-blob", "verify", "verify-blob-attestation"] {
                let error = self.refusal("\(verb) app", environment)
                #expect((error != nil) == refusal.verbs.contains(verb), "\(setting.name) \(verb)")
                guard let error else { continue }
                #expect(error.hasPrefix("\(setting.name) is set, which for "))
                #expect(error.hasSuffix("write \(refusal.instead), or unset it"))
                #expect(!error.contains("s3cret"))
                for option in refusal.unless {
                    #expect(self.refusal("\(verb) \(option)=x app", environment) == nil)
                }
            }
            #expect(self.refusal("sign app", [setting.name: ""]) == nil)
            if refusal.isBoolean { #expect(self.refusal("sign app", [setting.name: "no"]) == nil) }
        }
    }

    @Test("no name has two rules")
    func once() {
        let names = ForeignSetting.all.map(\.name)
        #expect(Set(names).count == names.count)
        for flag in CosignFlag.all {
            #expect(!names.contains(flag.variable), "\(flag.variable)")
            for verb in flag.verbs {
                let same = CosignFlag.all.filter {
                    $0.name == flag.name && $0.verbs.contains(verb)
                }
                #expect(same.count == 1, "\(flag.name) of \(verb)")
            }
        }
    }
}

@Suite("The instance that cosign initialize has set")
struct InitializedInstanceTests {
    private let folder: ScriptFolder
    private static let mirror = "https://TUF.example:8443/Path"

    init() throws {
        folder = try ScriptFolder()
    }

    private func instance(_ environment: [String: String]) throws -> Instance? {
        try InitializedInstance(environment: { environment[$0] }).instance()
    }

    /// What cosign leaves in `~/.sigstore/root`.
    private func initialize(_ remote: String, root: String? = "root") throws -> String {
        let files = FileManager.default
        let top = folder.file("top")
        let below = "\(top)/tuf.example-8443-path"
        try files.createDirectory(atPath: below, withIntermediateDirectories: true)
        try Data(remote.utf8).write(to: URL(fileURLWithPath: "\(top)/remote.json"))
        if let root {
            try Data(root.utf8).write(to: URL(fileURLWithPath: "\(below)/root.json"))
        }
        return top
    }

    @Test("its mirror and root are taken, by the variables or from its folder")
    func taken() throws {
        let top = try initialize(#"{"name":"x","mirror":"\#(Self.mirror)"}"#)
        let found = try #require(try instance(["TUF_ROOT": top]))
        #expect(try found.repository == HTTPURL(Self.mirror))
        #expect(found.root == Array("root".utf8))

        let file = try folder.write("other.json", "other")
        let named = try #require(
            try instance([
                "TUF_ROOT": top, "TUF_MIRROR": "http://127.0.0.1:1/", "TUF_ROOT_JSON": file,
            ]))
        #expect(try named.repository == HTTPURL("http://127.0.0.1:1"))
        #expect(named.root == Array("other".utf8))
    }

    @Test("nothing, an empty variable and the public mirror are the public-good instance")
    func publicGood() throws {
        let empty = folder.file("nowhere")
        #expect(try instance(["TUF_ROOT": empty]) == nil)
        #expect(try instance(["HOME": empty, "TUF_MIRROR": "", "TUF_ROOT_JSON": "x"]) == nil)
        #expect(try instance(["TUF_MIRROR": "https://tuf-repo-cdn.sigstore.dev/"]) == nil)
        #expect(
            try instance(["TUF_MIRROR": "https://tuf-repo-cdn.sigstage.dev"])?.trustedRoot
                == Instance.staging.trustedRoot)
    }

    @Test("what cannot be followed stops the run and names where it stands")
    func refused() throws {
        func error(_ environment: [String: String]) -> String {
            #expect(throws: UsageError.self) { try instance(environment) }?.description ?? ""
        }
        let top = try initialize("{", root: nil)
        #expect(error(["TUF_ROOT": top]).contains("remote.json', cannot be read"))
        _ = try initialize(#"{"mirror":"\#(Self.mirror)"}"#, root: nil)
        #expect(error(["TUF_ROOT": top]).contains("has no root to begin with; set TUF_ROOT_JSON"))
        for mirror in ["sigstore-tuf-root", "file:///mirror", "gs://bucket"] {
            #expect(error(["TUF_MIRROR": mirror]).hasPrefix("TUF_MIRROR is not an http address"))
        }
        #expect(
            error(["TUF_MIRROR": Self.mirror, "TUF_ROOT_JSON": folder.file("none")])
                == "cannot read the file of TUF_ROOT_JSON: no such file or directory")
    }
}
