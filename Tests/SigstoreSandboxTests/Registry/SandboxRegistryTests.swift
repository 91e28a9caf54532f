import JSON
import Testing

@testable import SigstoreSandbox

@Suite("The sandbox's registry")
struct SandboxRegistryTests {
    @Test("a manifest is read by tag and by digest as it was pushed")
    func manifest() throws {
        let client = try RegistryClient()
        let manifest = RegistryClient.manifest("a")
        let pushed = try client.push(manifest, as: "v1")
        let digest = RegistryClient.digest(manifest)

        #expect(pushed.status == 201)
        #expect(pushed.header("Docker-Content-Digest") == digest)
        for reference in ["v1", digest] {
            let read = try client.get("/v2/app/manifests/\(reference)")
            #expect(read.body == manifest.text())
            #expect(read.header("Content-Type") == RegistryManifest.manifestType)
            #expect(read.header("Docker-Content-Digest") == digest)
        }
        #expect(try client.send("DELETE", "/v2/app/manifests/\(digest)").status == 202)
        #expect(try client.get("/v2/app/manifests/v1").registryError == "MANIFEST_UNKNOWN")
    }

    @Test("a client that does not accept a manifest's type is told that there is none")
    func accept() throws {
        let client = try RegistryClient()
        _ = try client.push(RegistryClient.manifest("a"), as: "v1")
        let index = ["accept": RegistryManifest.indexType]
        let both = [
            "accept": "\(RegistryManifest.indexType), \(RegistryManifest.manifestType);q=0.5"
        ]

        #expect(try client.get("/v2/app/manifests/v1", headers: index).status == 404)
        #expect(try client.get("/v2/app/manifests/v1", headers: both).status == 200)
    }

    @Test("an upload goes on where its last chunk ended, at the address with its whole query")
    func chunks() throws {
        let client = try RegistryClient()
        let digest = RegistryClient.digest(Array("abcd".utf8))
        let begun = try client.send("POST", "/v2/app/blobs/uploads/")
        let location = try #require(begun.header("Location"))
        let chunk = { (text: String, range: String) in
            try client.send(
                "PATCH", location, headers: ["content-range": range], body: Array(text.utf8))
        }
        let first = try chunk("ab", "0-1")
        let wrong = try chunk("cd", "3-4")
        let elsewhere = try client.send("PATCH", String(location.prefix { $0 != "?" }))
        let second = try chunk("cd", "2-3")
        let end = try client.send("PUT", location + "&digest=\(digest)")

        #expect(
            [begun, first, wrong, elsewhere, second, end].map(\.status)
                == [202, 202, 416, 404, 202, 201])
        #expect(second.header("Range") == "0-3")
        #expect(try client.get("/v2/app/blobs/\(digest)").body == Array("abcd".utf8))
    }

    @Test("what has not the digest that it is pushed by is refused")
    func digests() throws {
        let client = try RegistryClient()
        let other = RegistryClient.digest(Array("b".utf8))
        let begun = try client.send("POST", "/v2/app/blobs/uploads/")
        let location = try #require(begun.header("Location"))
        let blob = try client.send(
            "PUT", location + "&digest=\(other)", body: Array("a".utf8))

        #expect(blob.registryError == "DIGEST_INVALID")
        #expect(
            try client.push(RegistryClient.manifest("a"), as: other).registryError
                == "DIGEST_INVALID")
    }

    @Test(
        "a manifest that is none, or misses a blob, is refused",
        arguments: [
            ("{", "MANIFEST_INVALID"), (#"{"schemaVersion":1}"#, "MANIFEST_INVALID"),
            (#"{"schemaVersion":2,"mediaType":"text/plain"}"#, "MANIFEST_INVALID"),
            (
                #"{"schemaVersion":2,"config":{"digest":"sha256:00"},"layers":[]}"#,
                "MANIFEST_BLOB_UNKNOWN"
            ),
        ])
    func invalidManifests(text: String, code: String) throws {
        let answer = try RegistryClient().send(
            "PUT", "/v2/app/manifests/v1",
            headers: ["content-type": RegistryManifest.manifestType], body: Array(text.utf8))

        #expect(answer.status == 400)
        #expect(answer.registryError == code)
    }

    @Test("a part of a blob is had by its range")
    func ranges() throws {
        let client = try RegistryClient()
        let digest = try client.push(blob: Array("abcdef".utf8))
        let read = { (range: String) in
            try client.get("/v2/app/blobs/\(digest)", headers: ["range": range])
        }

        for (range, part) in [("bytes=2-", "cdef"), ("bytes=0-1", "ab"), ("bytes=-2", "ef")] {
            let answer = try read(range)
            #expect(answer.status == 206)
            #expect(answer.body == Array(part.utf8))
        }
        #expect(try read("bytes=2-3").header("Content-Range") == "bytes 2-3/6")
        #expect(try read("bytes=6-").status == 416)
    }

    @Test("tags come in pages, each with the address of the next one")
    func tags() throws {
        var options = RegistryOptions()
        options.pageSize = 2
        let client = try RegistryClient(options: options)
        for tag in ["c", "a", "b"] { _ = try client.push(RegistryClient.manifest("x"), as: tag) }
        let first = try client.get("/v2/app/tags/list")
        let next = try #require(first.header("Link")).split(separator: ">")[0].dropFirst()
        let second = try client.get(String(next))

        #expect(try first.json.required("tags").elements.map { try $0.string } == ["a", "b"])
        #expect(try second.json.required("tags").elements.map { try $0.string } == ["c"])
        #expect(second.header("Link") == nil)
        #expect(try client.get("/v2/none/tags/list").registryError == "NAME_UNKNOWN")
    }

    @Test("what names a subject is listed with its type and annotations, and filtered by type")
    func referrers() throws {
        let client = try RegistryClient()
        let subject = RegistryClient.digest(RegistryClient.manifest("image"))
        let one = RegistryClient.manifest("1", subject: subject, artifactType: "type/one")
        let two = RegistryClient.manifest("2", subject: subject)
        let pushed = try [one, two].map {
            try client.push($0, as: RegistryClient.digest($0)).header("OCI-Subject")
        }
        let all = try client.get("/v2/app/referrers/\(subject)")
        let filtered = try client.get("/v2/app/referrers/\(subject)?artifactType=type/one")
        let entry = try #require(all.json.required("manifests").elements.first)

        #expect(pushed == [subject, subject])
        #expect(all.header("Content-Type") == RegistryManifest.indexType)
        #expect(try all.digests == [one, two].map { RegistryClient.digest($0) })
        #expect(try entry.required("artifactType").string == "type/one")
        #expect(try entry.required("annotations").required("name").string == "1")
        #expect(all.header("OCI-Filters-Applied") == nil)
        #expect(try filtered.digests == [RegistryClient.digest(one)])
        #expect(filtered.header("OCI-Filters-Applied") == "artifactType")
    }

    @Test("without the referrers API there is no such path, and a push links nothing")
    func noReferrers() throws {
        var options = RegistryOptions()
        options.keepsReferrers = false
        let client = try RegistryClient(options: options)
        let subject = RegistryClient.digest(RegistryClient.manifest("image"))
        let pushed = try client.push(RegistryClient.manifest("1", subject: subject), as: "v1")

        #expect(pushed.status == 201)
        #expect(pushed.header("OCI-Subject") == nil)
        #expect(try client.get("/v2/app/referrers/\(subject)").status == 404)
    }

    @Test("If-Match decides where there are ETags, and only there")
    func tagsOfEntities() throws {
        var options = RegistryOptions()
        options.hasETags = true
        for (client, status) in [
            (try RegistryClient(options: options), 412), (try RegistryClient(), 201),
        ] {
            _ = try client.push(RegistryClient.manifest("a"), as: "v1")
            let tag = try client.get("/v2/app/manifests/v1").header("ETag")
            _ = try client.push(RegistryClient.manifest("b"), as: "v1")
            let late = try client.push(
                RegistryClient.manifest("c"), as: "v1", headers: ["if-match": tag ?? "\"x\""])
            let fresh = try client.push(
                RegistryClient.manifest("d"), as: "v1", headers: ["if-none-match": "*"])

            #expect((tag != nil) == (status == 412))
            #expect((late.status, fresh.status) == (status, status))
        }
    }

    @Test("a read that lags sees what was there before the push")
    func lag() throws {
        var options = RegistryOptions()
        options.lag = 2
        let client = try RegistryClient(options: options)
        let (old, new) = (RegistryClient.manifest("old"), RegistryClient.manifest("new"))
        let read = { (reference: String) in try client.get("/v2/app/manifests/\(reference)") }
        _ = try client.push(old, as: "v1")
        let first = try (0..<3).map { _ in try read("v1").status }
        let byDigest = try (0..<3).map { _ in try read(RegistryClient.digest(old)).status }
        _ = try client.push(new, as: "v1")
        let bodies = try (0..<3).map { _ in try read("v1").body }
        // Pushed again, it is as visible as before.
        _ = try client.push(old, as: RegistryClient.digest(old))

        #expect(first == [404, 404, 200])
        #expect(byDigest == [404, 404, 200])
        #expect(bodies == [old, old, new].map { $0.text() })
        #expect(try read(RegistryClient.digest(old)).status == 200)
    }

    @Test("blobs that are redirected are read at another host, which takes no credentials")
    func redirects() throws {
        var options = RegistryOptions()
        options.redirectsBlobs = true
        let client = try RegistryClient(options: options)
        let digest = try client.push(blob: Array("abc".utf8))
        let answer = try client.get("/v2/app/blobs/\(digest)")
        let location = try #require(answer.header("Location"))
        let storage = client.sandbox.addresses[.storage]
        let target = String(location.dropFirst(storage.count))
        let sent = try client.send(
            "GET", target, to: .storage, headers: ["authorization": "Basic eDp5"])
        let report = try client.send("GET", "/sandbox/registry", to: .fulcio).json

        #expect(answer.status == 307)
        #expect(location.hasPrefix(storage + "/"))
        #expect(try client.send("GET", target, to: .storage).body == Array("abc".utf8))
        #expect(sent.status == 400)
        #expect(try report.required("authorized").required("storage").integer == 1)
    }

    @Test("the report lists all that is kept")
    func report() throws {
        let client = try RegistryClient()
        let subject = RegistryClient.digest(RegistryClient.manifest("image"))
        _ = try client.push(RegistryClient.manifest("1", subject: subject), as: "v1", to: "a/b")
        let repository = try client.send("GET", "/sandbox/registry", to: .registry).json
            .required("repositories").required("a/b")
        let manifest = try #require(repository.required("manifests").elements.first)

        #expect(try repository.required("tags").members.map(\.name) == ["v1"])
        #expect(try repository.required("blobs").members.count == 1)
        #expect(try manifest.required("subject").string == subject)
    }

    @Test(
        "paths that are none of a registry's are not found",
        arguments: [
            "/v2/manifests/a", "/v2/App/manifests/a", "/v2/a..b/manifests/c", "/v2//manifests/a",
            "/v2/a_-b/manifests/c", "/v1/a/manifests/b", "/v2/a/tags", "/v2/-a/tags/list",
        ])
    func noPaths(path: String) throws {
        #expect(RegistryTarget(path: path) == nil)
        #expect(try RegistryClient().get(path).status == 404)
    }
}
