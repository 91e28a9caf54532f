import JSON

/// A bundle that may be the one to show who signed, and where it was found.
package struct Candidate: Sendable {
    package struct Place: Equatable, Sendable {
        /// From 1, in a file of JSON Lines.
        package let line: Int?
        /// `attestations[0].bundle`, in the answer of a service.
        package let path: String?
    }

    /// Nil for one that has its file to itself.
    package let place: Place?
    /// What can be verified of it; else the rule that it breaks already.
    package let bundle: Result<Bundle, VerificationFailure>

    package init(place: Place? = nil, _ bundle: Result<Bundle, VerificationFailure>) {
        self.place = place
        self.bundle = bundle
    }

    package var readable: Bundle? { try? bundle.get() }

    package func replacing(_ bundle: Result<Bundle, VerificationFailure>) -> Candidate {
        Candidate(place: place, bundle)
    }
}

extension Candidate.Place: CustomStringConvertible {
    package var description: String {
        [line.map { "line \($0)" }, path].compactMap { $0 }.joined(separator: ", ")
    }
}

/// What people have beside an artifact: one bundle or several, in any of the forms that are in use.
///
/// These are Sigstore's bundles, alone or one a line; cosign's bundles before version 3; attestations and
/// provenance of PyPI (PEP 740); the answers of npm's registry and of GitHub about attestations; DSSE
/// envelopes, with the certificate inside or without (`*.intoto.jsonl`).
package struct BundleFile: Sendable {
    /// The most bundles that are read: as many as GitHub hands out at once.
    static let limit = 1000

    package let candidates: [Candidate]

    /// - Throws: `BundleError` for a file that can hold none.
    package init(_ content: [UInt8]) throws(BundleError) {
        guard content.count <= BundleLimit.size else { throw .tooLong(content.count) }
        if let kind = FileKind(content) { throw .other(kind) }
        let document: JSONNode
        do {
            document = try JSONNode(parsingProto: content)
        } catch {
            guard let lines = JSONLine.all(in: content, limit: Self.limit) else {
                throw .malformed(error)
            }
            guard lines.count <= Self.limit else { throw .tooMany(lines.count) }
            candidates = lines.flatMap(Self.candidates)
            return
        }
        do {
            candidates = try Self.candidates(in: document, line: nil)
        } catch {
            throw BundleError(error)
        }
    }

    private static func candidates(in line: JSONLine) -> [Candidate] {
        do {
            return try candidates(in: JSONNode(parsingProto: line.text), line: line.number)
        } catch {
            let place = Candidate.Place(line: line.number, path: nil)
            return [Candidate(place: place, .failure(.bundle(BundleError(error))))]
        }
    }

    /// The bundles in one JSON document: the elements of a collection, or itself.
    private static func candidates(in document: JSONNode, line: Int?) throws -> [Candidate] {
        guard let elements = try document.bundleElements else {
            let place = line.map { Candidate.Place(line: $0, path: nil) }
            return [Candidate(place: place, read(document))]
        }
        guard !elements.isEmpty else { throw BundleError.noneInside }
        guard elements.count <= limit else { throw BundleError.tooMany(elements.count) }
        return elements.map { Candidate(place: .init(line: line, path: $0.path), read($0)) }
    }

    private static func read(_ node: JSONNode) -> Result<Bundle, VerificationFailure> {
        do {
            return .success(try Bundle(anyForm: node))
        } catch {
            return .failure(.bundle(BundleError(error)))
        }
    }
}

extension JSONNode {
    /// What a service has listed; nil for a document that is no list.
    fileprivate var bundleElements: [JSONNode]? {
        get throws {
            if !isObject {
                // What `gh attestation verify --format json` prints.
                return try elements.map { try $0.required("attestation").required("bundle") }
            }
            if let publishers = try optional("attestation_bundles") {
                return try publishers.elements.flatMap {
                    try $0.required("attestations").elements
                }
            }
            if let attestations = try optional("attestations") {
                return try attestations.elements.map { try $0.bundleInside ?? $0 }
            }
            return try bundleInside.map { [$0] }
        }
    }

    private var bundleInside: JSONNode? {
        get throws {
            if let bundle = try optional("bundle") { return bundle }
            if try optional("bundle_url") != nil { throw BundleError.elsewhere(path) }
            return nil
        }
    }
}
