import Console
import OCI
import SigningCrypto
import Sigstore

/// The same command again does the rest: what an earlier run has signed is kept.
extension SignRequest {
    /// What is there before anything is read, by the numbers of what is signed.
    struct Found {
        /// Bundles of earlier runs.
        let bundles: [EarlierBundle?]
        /// Signatures that earlier runs have not finished.
        let pending: [PendingFile?]
        let files: [WatchedFiles]
    }

    /// Keeps what is there and good, and says so.
    ///
    /// - Parameter policy: What the bundles of this run have to show; asked for once there is one to judge.
    /// - Returns: What is left to be signed, by its numbers.
    func keep(
        _ found: Found, of items: [Item], _ inputs: Inputs, _ images: ImageResolution?,
        _ setUp: SignerPreparation, _ record: SigningRecord, _ reporter: Reporter,
        policy: () throws -> VerificationPolicy
    ) throws -> [Int: Item] {
        var left: [Int: Item] = [:]
        let lookedUp = items.indices.filter { number in
            items[number].image != nil && items[number].target.keepsEarlier
                && found.pending[number] == nil
        }
        for (number, var item) in items.enumerated() {
            let (content, bundle) = (inputs.contents[number], found.bundles[number])
            let begun = found.pending[number]
            var signed: SignedBundle?
            if let image = item.image, lookedUp.contains(number), let images {
                let pushed = try images.earlierSignature(
                    of: &item, image, content, setUp, preferring: bundle, policy: policy)
                // The first one tells how its registry keeps signatures.
                if number == lookedUp.first {
                    images.announce(
                        signaturesOf: lookedUp.dropFirst().compactMap { items[$0].image })
                }
                try bundle?.check(isIn: pushed)
                if let pushed {
                    if bundle == nil { try item.target.write(pushed.bundle) }
                    record.edit(number) { $0.pushed = pushed.manifest.label }
                    signed = pushed.bundle
                }
            } else if let bundle {
                signed = try bundle.verified(content, policy(), setUp.trustedRoot)
                // An earlier run was ended just before this.
                if let begun,
                    begun.session.content.isSame(as: content) || isOutdated(begun, by: content)
                {
                    if begun.overwrites, begun.session.signature != bundle.signature {
                        reporter.warn(
                            "another signature of \(item.name) is pending, to replace its bundle; "
                                + "'retry-run finish' completes it")
                    } else {
                        item.pendingPlace?.remove()
                    }
                }
            }
            guard let signed else {
                left[number] = item
                continue
            }
            record.keep(signed.verification, of: number, isEarlier: true)
            reporter.note(
                Self.success(
                    item, signed.verification, isEarlier: true, isWritten: bundle == nil))
        }
        return left
    }
}

extension ImageResolution {
    /// The signature of an image that is in its registry already; nil where there is none to keep.
    ///
    /// - Parameter item: Cannot be signed where the registry does not say what it has.
    fileprivate func earlierSignature(
        of item: inout SignRequest.Item, _ image: ImageDestination, _ content: SignableContent,
        _ setUp: SignerPreparation, preferring bundle: EarlierBundle?,
        policy: () throws -> VerificationPolicy
    ) throws -> EarlierSignature? {
        do {
            let found = try signatures(of: image)
            if let kept = try EarlierSignature(
                among: found, of: image, content, setUp.trustedRoot,
                isLogTimed: setUp.services.isLogTimed, preferring: bundle?.signature,
                policy: policy)
            {
                return kept
            }
            try found.checkIsWhole()
        } catch let error as RegistryError {
            try Cancellation.check()
            item.refusal = error.signingFailure
        }
        item.refusal = item.refusal ?? refusal(of: image)
        return nil
    }

    /// Nothing is signed that cannot be pushed. Whoever may only read finds what is there already.
    func refuse(
        _ item: inout SignRequest.Item, _ content: SignableContent, isPending: Bool
    ) throws {
        guard let image = item.image, let refusal = refusal(of: image) else { return }
        item.refusal = refusal
        guard item.target.keepsEarlier, !isPending else { return }
        do throws(RegistryError) {
            let found = try signatures(of: image)
            if EarlierSignature.mayBe(among: found, of: image, content) {
                item.refusal = nil
            } else {
                try found.checkIsWhole()
            }
        } catch {
            try Cancellation.check()
            item.refusal = error.signingFailure
        }
    }
}

extension [SignatureSearch.Found] {
    /// - Throws: Why one of them could not be had, which may be ours. What is no signature is not.
    fileprivate func checkIsWhole() throws(RegistryError) {
        for case .failure(let error) in map(\.content) {
            if case .untrustworthy = error { continue }
            throw error
        }
    }
}
