package import HTTP
package import SigningCrypto

/// One call of a registry, before it is known what admits us.
package struct RegistryCall: Sendable {
    /// As reports and the sandbox's faults name it.
    package enum Kind: String, Sendable {
        case manifest = "manifest-get"
        case blob = "blob-get"
        case blobCheck = "blob-head"
        case uploadStart = "blob-upload"
        case upload = "blob-put"
        case manifestPut = "manifest-put"
        case referrers
    }

    package let kind: Kind
    package let repository: Repository
    package let method: HTTPRequest.Method
    /// Behind `/v2/`; or the whole address of an upload or of a further page.
    package let path: String
    /// Whether `path` is an address that the registry has named.
    package var isNamed = false
    package var headers: [HTTPHeader] = []
    /// The statuses that are answers besides 2xx.
    package var answers: Set<Int> = []
    package var bodyLimit = Manifest.sizeLimit

    /// Calls of one identity that read have the same answer.
    package struct Identity: Hashable, Sendable {
        fileprivate let kind: Kind
        fileprivate let repository: Repository
        fileprivate let path: String
    }

    package var identity: Identity { Identity(kind: kind, repository: repository, path: path) }

    /// For messages.
    package var name: String { "\(method.name) \(kind.rawValue) of \(repository)" }

    /// What the call needs: to read, or to write as well.
    package var scope: String {
        "repository:\(repository.path):\(isWrite ? "pull,push" : "pull")"
    }

    package var isWrite = false
}

extension RegistryCall {
    /// The manifest of a tag or a digest.
    package static func manifest(
        _ name: String, in repository: Repository, isHead: Bool = false
    ) -> RegistryCall {
        var call = RegistryCall(
            kind: .manifest, repository: repository, method: isHead ? .head : .get,
            path: "\(repository.path)/manifests/\(name)")
        call.headers = [HTTPHeader("Accept", MediaType.manifests.joined(separator: ", "))]
        call.answers = [404]
        return call
    }

    /// The list of what refers to a digest.
    ///
    /// - Parameter page: The address of a further page, as the one before has named it.
    package static func referrers(
        of digest: Digest, in repository: Repository, page: HTTPURL? = nil
    ) -> RegistryCall {
        var call = RegistryCall(
            kind: .referrers, repository: repository, method: .get,
            path: page?.whole ?? "\(repository.path)/referrers/\(digest.label)",
            isNamed: page != nil)
        call.headers = [HTTPHeader("Accept", MediaType.index)]
        // What registries without the API answer.
        call.answers = [400, 404, 405, 406, 415, 501]
        return call
    }

    package static func blob(
        _ digest: Digest, in repository: Repository, limit: Int
    ) -> RegistryCall {
        var call = RegistryCall(
            kind: .blob, repository: repository, method: .get,
            path: "\(repository.path)/blobs/\(digest.label)")
        call.answers = [404]
        call.bodyLimit = limit
        return call
    }

    static func checkBlob(_ digest: Digest, in repository: Repository) -> RegistryCall {
        var call = RegistryCall(
            kind: .blobCheck, repository: repository, method: .head,
            path: "\(repository.path)/blobs/\(digest.label)", isWrite: true)
        call.answers = [404]
        return call
    }

    static func startUpload(in repository: Repository) -> RegistryCall {
        RegistryCall(
            kind: .uploadStart, repository: repository,
            method: .post(body: [], contentType: "application/octet-stream"),
            path: "\(repository.path)/blobs/uploads/", isWrite: true)
    }

    /// - Parameter location: Where the registry wants the bytes, with the digest in its query.
    static func upload(
        _ content: [UInt8], to location: HTTPURL, in repository: Repository
    ) -> RegistryCall {
        var call = RegistryCall(
            kind: .upload, repository: repository,
            method: .put(body: content, contentType: "application/octet-stream"),
            path: location.whole, isNamed: true, isWrite: true)
        call.answers = [404, 416]
        return call
    }

    /// - Parameter condition: On which it is written; a registry that does not know of conditions writes it.
    static func putManifest(
        _ content: [UInt8], as name: String, mediaType: String, in repository: Repository,
        condition: HTTPHeader? = nil
    ) -> RegistryCall {
        var call = RegistryCall(
            kind: .manifestPut, repository: repository,
            method: .put(body: content, contentType: mediaType),
            path: "\(repository.path)/manifests/\(name)", isWrite: true)
        if let condition {
            call.headers = [condition]
            call.answers = [412]
        }
        return call
    }
}

extension RegistryCall {
    /// The request at a registry's address.
    ///
    /// - Parameter authorization: Sent to the registry itself only.
    package func request(
        at address: RegistryAddress, authorization: HTTPHeader?
    ) throws(HTTPFailure) -> HTTPRequest {
        let url = isNamed ? try HTTPURL(path) : try address.url(path)
        let own = authorization.flatMap { url.hasSameOrigin(as: address.base) ? $0 : nil }
        return try request(url, authorization: own)
    }

    /// The same request at an address that a redirect leads to: nothing secret goes there.
    package func redirected(to url: HTTPURL) throws(HTTPFailure) -> HTTPRequest {
        try request(url, authorization: nil)
    }

    private func request(
        _ url: HTTPURL, authorization: HTTPHeader?
    ) throws(HTTPFailure) -> HTTPRequest {
        try HTTPRequest(
            method, url, headers: headers + [authorization].compactMap { $0 },
            answers: Set(300..<600), bodyLimit: bodyLimit, keepsRedirects: true)
    }
}

extension RegistryCall {
    /// Whether it writes over what somebody else may have written: a list under a tag.
    package var isReplacement: Bool {
        kind == .manifestPut && !path.contains("/manifests/sha256:")
    }

    /// Whether it only asks if something is there.
    var isLook: Bool { if case .head = method { true } else { false } }

    /// Whether somebody else may have what is asked for.
    package var followsRedirects: Bool {
        switch method {
        case .get, .head: true
        case .post, .put, .patch: false
        }
    }

    /// Where an answer sends us.
    package func redirect(
        of response: HTTPResponse, at url: HTTPURL, _ address: RegistryAddress
    ) throws(RegistryError) -> HTTPURL {
        guard let location = response[header: "Location"] else {
            throw .untrustworthy("\(address.registry) redirects without saying where")
        }
        return try address.resolve(location, against: url, as: "the place of a content")
    }
}
