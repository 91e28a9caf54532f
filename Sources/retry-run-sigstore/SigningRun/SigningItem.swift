import Console
import OperatingSystem
import Sigstore

extension SignRequest {
    /// What is signed into one bundle, for messages and the report, and where that goes.
    struct Item {
        let name: String
        let target: BundleTarget
        /// Of an image: where its signature goes.
        var image: ImageDestination?
        /// Why nothing can be signed, where that is known before.
        var refusal: (any Error)?
        /// What the signature is about, as far as it is in files.
        let artifacts: [String]

        /// - Parameter artifacts: Where the files that are signed are not what the signature is about.
        init(_ files: [String], _ target: BundleTarget, about artifacts: [String]? = nil) {
            name = files.map { $0 == "-" ? "stdin" : $0.displayedFileName }.joined(separator: ", ")
            self.target = target
            self.artifacts = artifacts ?? files
        }

        init(of image: ImageDestination, _ target: BundleTarget) {
            self.init([image.name + (image.form == .old ? " in the old form" : "")], target)
            self.image = image
        }

        /// Nothing of which can be signed.
        init(refused name: String, _ refusal: any Error) {
            self.init([name], BundleTarget(image: nil, pending: nil))
            self.refusal = refusal
        }

        /// Where it is kept until it is complete; nil for a bundle that goes to stdout.
        var pendingPlace: PendingPlace? {
            target.isImage
                ? target.pendingPlace
                : target.path.map {
                    PendingPlace(
                        besideBundle: $0, about: artifacts, overwrites: target.isReplaced)
                }
        }
    }
}
