package import OCI
import SigningCrypto

/// What has to be known of an image to push its signature. Nothing in it is secret.
package struct ImageDestination: Codable, Equatable, Sendable {
    /// In which form the signature goes there.
    package enum Form: String, Codable, Sendable {
        /// A bundle that refers to the image.
        case bundle
        /// What cosign wrote before version 3, under a tag.
        case old
        /// Both of them: an attestation is the same in either.
        case both
    }

    /// As messages name it.
    package let name: String
    /// The image's own.
    package let repository: Repository
    /// The signature's.
    package let destination: Repository
    package let subject: Descriptor
    /// The time in the signature's manifest, RFC 3339 in UTC: the same bytes at every push.
    package private(set) var created: String
    package var form = Form.bundle
    /// Of a signature in its old form: what is signed, in JSON.
    package var payload: String?

    package init(
        name: String, repository: Repository, destination: Repository, subject: Descriptor,
        created: String
    ) {
        self.name = name
        self.repository = repository
        self.destination = destination
        self.subject = subject
        self.created = created
    }

    /// Whether it is the same image, and its signature goes to the same place.
    package func isSame(as other: ImageDestination) -> Bool {
        repository == other.repository && destination == other.destination
            && subject.digest == other.subject.digest
    }

    /// Whether what is signed is about the image.
    package func isSubject(of content: SignableContent) -> Bool {
        let digests = content.artifact.all
        guard let payload else { return digests.contains(subject.digest) }
        return digests.contains(Digest(of: Array(payload.utf8)))
            && payload.contains(subject.digest.label)
    }

    /// The same, as it was on its way in an earlier run: of the same signature the manifest is the same.
    package func resuming(_ earlier: ImageDestination?) -> ImageDestination {
        guard let earlier, earlier.subject.digest == subject.digest else { return self }
        var resumed = self
        resumed.created = earlier.created
        return resumed
    }
}

extension ImageDestination {
    /// What goes into the registry.
    ///
    /// - Parameter content: What is signed in the bundle.
    func pushes(
        of signed: SignedBundle, _ bundle: Bundle, _ content: SignableContent
    ) -> [ImagePush] {
        var pushes: [ImagePush] = []
        if form != .old, case .statement(_, let statement) = content {
            let push = SignaturePush(
                to: destination, subject: subject, bundle: signed.json,
                predicateType: statement.predicateType,
                created: created)
            pushes.append(ImagePush(push: push, content: signed.json))
        }
        if form != .bundle {
            let payload = Array((payload ?? "").utf8)
            let (content, annotations) = OldImageForm.layer(bundle, payload: payload)
            let push = OldSignaturePush(
                to: destination, image: subject.digest, content: content,
                isAttestation: payload.isEmpty, annotations: annotations)
            pushes.append(ImagePush(push: push, content: content))
        }
        return pushes
    }
}

/// Something on its way into a registry, with its bytes.
struct ImagePush: Sendable {
    var push: any RegistryPush
    let content: [UInt8]
}
