import FoundationEssentials
import HTTP
import JSON
import SigningCrypto
import Testing

@testable import OCI

@Suite("Pushing a signature")
struct SignaturePushTests {
    private let registry = MemoryRegistry()
    private let image = Descriptor(of: Array("image".utf8), mediaType: MediaType.manifest)

    private func push(_ number: Int = 0) throws -> (SignaturePush, bundle: [UInt8]) {
        let bundle = Array("bundle \(number)".utf8)
        let push = SignaturePush(
            to: try Repository("registry.example/app"), subject: image, bundle: bundle,
            predicateType: "https://sigstore.dev/cosign/sign/v1",
            created: "2026-01-01T00:00:00Z")
        return (push, bundle)
    }

    /// Goes on to the end. `fails` says which calls fail, by their kind and number.
    private func finish(
        _ push: inout SignaturePush, _ bundle: [UInt8],
        fails: (RegistryCall.Kind) -> Bool = { _ in false }
    ) throws {
        var steps = 0
        while let step = push.next(content: bundle), steps < 200 {
            steps += 1
            switch step {
            case .pause: push.applyPause()
            case .call(let call):
                if fails(call.kind) {
                    push.applyFailure()
                    continue
                }
                let (response, url) = try registry.answer(call)
                try call.check(response, hasSucceeded: true)
                try push.apply(response, at: url, registry.address)
            }
        }
        #expect(push.isDone)
    }

    private var listed: [Digest] {
        get throws {
            guard let tag = registry.manifests[image.digest.fallbackTag] else { return [] }
            return try ReferrersIndex(tag.text).descriptors.map(\.digest)
        }
    }

    @Test("without the referrers API the signature is listed under the tag, with its annotations")
    func fallback() throws {
        var (push, bundle) = try push()
        try finish(&push, bundle)

        #expect(try listed == [push.digest])
        #expect(registry.blobs[Digest(of: bundle)] == bundle)
        #expect(registry.manifests[push.digest.label]?.type == MediaType.manifest)
        let tag = try #require(registry.manifests[image.digest.fallbackTag])
        let element = try #require(try ReferrersIndex(tag.text).descriptors.first)
        #expect(element.artifactType == MediaType.bundle)
        #expect(element.annotations["dev.sigstore.bundle.content"] == "dsse-envelope")
    }

    @Test("what the registry links by itself has no tag", arguments: [true, false])
    func referrers(isLinking: Bool) throws {
        registry.hasReferrers = true
        registry.isLinking = isLinking
        var (push, bundle) = try push()
        try finish(&push, bundle)

        #expect(registry.manifests[image.digest.fallbackTag] == nil)
        #expect(registry.calls.filter { $0 == .referrers }.count == 1)
    }

    @Test("what is listed a moment later is waited for", arguments: [true, false])
    func listedLate(isLinking: Bool) throws {
        registry.hasReferrers = true
        registry.isLinking = isLinking
        registry.listLag = 3
        var (push, bundle) = try push()
        try finish(&push, bundle)

        #expect(registry.calls.filter { $0 == .referrers }.count == 4)
        #expect(registry.calls.filter { $0 == .manifestPut }.count == 1)
    }

    @Test("what is listed is looked for on every page, and is not taken for listed before")
    func pages() throws {
        registry.hasReferrers = true
        for number in 0..<5 {
            var (push, bundle) = try push(number)
            try finish(&push, bundle)
        }
        registry.pageSize = 2
        for number in 5..<8 {
            // The list is not whole at first, nor its pages.
            registry.listLag = 1
            let before = registry.calls.count
            var (push, bundle) = try push(number)
            try finish(&push, bundle)
            let place = try #require(
                registry.manifests.keys.sorted().firstIndex(of: push.digest.label))
            #expect(registry.calls.dropFirst(before).count { $0 == .referrers } == 2 + place / 2)
        }
        registry.listLag = .max
        var (push, bundle) = try push(8)
        #expect(throws: RegistryError.self) { try finish(&push, bundle) }
    }

    @Test("a list that is not to be believed, or breaks off, does not have the signature")
    func unbelievable() throws {
        registry.hasReferrers = true
        registry.pageSize = 0
        registry.nextHost = "https://elsewhere.example"
        var (push, bundle) = try push()
        let error = #expect(throws: RegistryError.self) { try finish(&push, bundle) }
        #expect(error?.failureClass == .permanent)

        (registry.nextHost, registry.breaksOff) = ("", true)
        (push, bundle) = try self.push(1)
        let broken = #expect(throws: RegistryError.self) { try finish(&push, bundle) }
        #expect(broken?.failureClass == .unknownOutcome)
        #expect(registry.manifests[image.digest.fallbackTag] == nil)
    }

    @Test("what is never listed is there where the registry says that it has linked it, only")
    func neverListed() throws {
        registry.hasReferrers = true
        registry.listLag = .max
        var (push, bundle) = try push()
        let error = #expect(throws: RegistryError.self) { try finish(&push, bundle) }
        #expect(error?.failureClass == .unknownOutcome)
        registry.isLinking = true
        (push, bundle) = try self.push()
        try finish(&push, bundle)
    }

    @Test("a push that is made again, or read again, changes nothing")
    func again() throws {
        var (push, bundle) = try push()
        try finish(&push, bundle)
        let before = registry.manifests.mapValues(\.text)
        var (again, _) = try self.push()
        try finish(&again, bundle)

        #expect(registry.manifests.mapValues(\.text) == before)
        #expect(registry.calls.count { $0 == .upload } == 2)
    }

    @Test("every call that fails once is made good, and the signature is there once")
    func failures() throws {
        let kinds: [RegistryCall.Kind] = [
            .blobCheck, .uploadStart, .upload, .manifestPut, .manifest, .referrers,
        ]
        for (number, kind) in kinds.enumerated() {
            for times in [1, 2] {
                var left = times
                var (push, bundle) = try push(number * 10 + times)
                try finish(&push, bundle) { called in
                    guard called == kind, left > 0 else { return false }
                    left -= 1
                    return true
                }
                #expect(left == 0)
                #expect(try listed.count { $0 == push.digest } == 1)
            }
        }
    }

    @Test("what is shown a moment later is waited for")
    func lag() throws {
        registry.lag = 3
        var (push, bundle) = try push()
        try finish(&push, bundle)

        #expect(try listed == [push.digest])
        #expect(registry.calls.count { $0 == .manifestPut } >= 2)
    }

    /// Each call takes some time, so that what one has read is old when it writes.
    @Test(
        "of signers at once nobody is lost, however long a call takes", arguments: 0..<8,
        [20, 200, 1000])
    func contention(seed: UInt64, longestCall: Int) throws {
        var generator = Seeded(state: seed)
        var signers = try (0..<16).map { try push($0) }
        var due = signers.map { _ in Int.random(in: 0...100, using: &generator) }
        while let number = due.indices.filter({ due[$0] >= 0 }).min(by: { due[$0] < due[$1] }) {
            switch signers[number].0.next(content: signers[number].bundle) {
            case .call(let call):
                let (response, url) = try registry.answer(call)
                try signers[number].0.apply(response, at: url, registry.address)
                due[number] += Int.random(in: 1...longestCall, using: &generator)
            case .pause(let pause):
                signers[number].0.applyPause()
                let range = pause.range(call: .milliseconds(longestCall / 2))
                due[number] += Int.random(
                    in: Int(
                        range.lowerBound / .milliseconds(1))...Int(
                            range.upperBound / .milliseconds(1)),
                    using: &generator)
            case nil: due[number] = -1
            }
        }

        #expect(Set(try listed) == Set(signers.map(\.0.digest)))
    }

    @Test("a registry that keeps nothing under a tag is not written to for ever")
    func forgetful() throws {
        registry.forgetsTags = true
        var (push, bundle) = try push()
        var steps = 0
        let error = #expect(throws: RegistryError.self) {
            while let step = push.next(content: bundle), steps < 5000 {
                steps += 1
                switch step {
                case .pause: push.applyPause()
                case .call(let call):
                    let (response, url) = try registry.answer(call)
                    try push.apply(response, at: url, registry.address)
                }
            }
        }

        #expect(error?.failureClass == .unknownOutcome)
    }

    @Test("a list that is another one at every look does not grow without end")
    func growing() throws {
        var update = TagUpdate<ReferrersIndex>()
        let own = ListElement(key: "own", value: .object([:]))
        func look(_ number: Int) throws {
            let elements = (0..<6000).map { #"{"digest":"\#(number).\#($0)"}"# }
            let text =
                #"{"mediaType":"\#(MediaType.index)","manifests":[\#(elements.joined(separator: ","))]}"#
            _ = try update.read(
                MemoryRegistry.answer(200, Array(text.utf8)), adding: own, from: "registry.example")
        }

        try look(1)
        let error = #expect(throws: RegistryError.self) { try look(2) }
        #expect(error?.className == "registry-answer")
    }

    @Test("what is found of an image has a limit, all of it together")
    func total() throws {
        for number in 0..<3 {
            var (push, bundle) = try push(number)
            try finish(&push, bundle)
        }
        let repository = try Repository("registry.example/app")
        func found(_ limit: Int) throws -> Int {
            try SignatureSearch(of: image.digest, in: repository, totalLimit: limit) {
                [registry] (call) throws(RegistryError) in
                guard let (response, url) = try? registry.answer(call) else {
                    throw .refused("\(call.kind)")
                }
                return (response, url, registry.address)
            }.all(isAttestation: false).count
        }

        let size = "bundle 0".utf8.count
        #expect(try found(3 * size) == 3)
        let error = #expect(throws: RegistryError.self) { try found(3 * size - 1) }
        #expect(error?.className == "registry-answer")
    }

    @Test(
        "a list is written over what was read of it, where the registry can tell, and seen twice more"
    )
    func careful() throws {
        var (first, bundle) = try push()
        try finish(&first, bundle)
        var (second, other) = try push(1)
        var tags: [String] = []
        while let step = second.next(content: other) {
            guard case .call(let call) = step else {
                second.applyPause()
                continue
            }
            if call.isReplacement {
                tags += call.headers.map { "\($0.name): \($0.value)" }
            }
            let (response, url) = try registry.answer(call)
            try second.apply(response, at: url, registry.address)
        }

        #expect(tags == ["If-Match: \"1\""])
        let looks = Array(registry.calls.reversed().prefix { $0 != .manifestPut })
        #expect(looks == [.manifest, .manifest])
    }

    @Test(
        "a first list is written where there is still none, and after a refusal without that condition"
    )
    func firstList() throws {
        var update = TagUpdate<ReferrersIndex>()
        let own = ListElement(key: "a", value: .object([:]))
        let absent = HTTPResponse(status: 404, headers: [], body: [], receivedAt: Date())
        #expect(try !update.read(absent, adding: own, from: "a.example"))
        #expect(update.condition == HTTPHeader("If-None-Match", "*"))

        update.noteWritten(isRefused: true)
        #expect(try !update.read(absent, adding: own, from: "a.example"))
        #expect(update.condition == nil)
    }

    private struct Seeded: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
    }

    @Test("a registry that does not know OCI 1.1 is told from one that is out of order")
    func statuses() throws {
        let call = RegistryCall.putManifest(
            [], as: "x", mediaType: "m", in: try Repository("registry.example/app"))
        func error(_ status: Int, _ body: String = "", hasSucceeded: Bool = false) -> RegistryError?
        {
            do throws(RegistryError) {
                try call.check(
                    MemoryRegistry.answer(status, Array(body.utf8)), hasSucceeded: hasSucceeded)
                return nil
            } catch {
                return error
            }
        }
        func code(_ code: String) -> String {
            #"{"errors":[{"code":"\#(code)","message":"retry-after: 12.5ms, allowed: 44/s"}]}"#
        }
        #expect(error(201) == nil)
        #expect(error(400, code("MANIFEST_INVALID"))?.className == "registry-unsupported")
        #expect(error(403, code("DENIED"))?.className == "registry-denied")
        #expect(error(403, code("DENIED"), hasSucceeded: true)?.className == "unavailable")
        #expect(error(401)?.className == "registry-denied")
        let busy = error(400, code("TOOMANYREQUESTS"))
        guard case .unavailable(_, 400, let pause)? = busy, pause == .microseconds(12500) else {
            Issue.record("\(String(describing: busy))")
            return
        }
        #expect(error(429)?.failureClass == .unknownOutcome)
        for status in [408, 499, 500, 502, 503, 504, 522] {
            #expect(error(status)?.className == "unavailable")
        }
        #expect(error(405)?.className == "registry-refused")
        #expect(error(302)?.className == "registry-answer")
    }
}
