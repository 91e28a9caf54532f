import Console
import Glibc
import OperatingSystem
import Sigstore

/// Where one bundle goes.
struct BundleTarget {
    /// What becomes of a bundle that is there already.
    enum Existing {
        case isReplaced
        case isKeptIfGood
        case isAnError
    }

    /// For messages and the report; nil for stdout.
    let path: String?
    /// Nil where nothing is written.
    private let output: OutputFile?
    private let existing: Existing
    /// Of what is signed an image's goes into its registry.
    let isImage: Bool
    /// Of an image: where its signature is kept until it is pushed; nil where it is not.
    private(set) var pendingPlace: PendingPlace?

    /// - Parameter word: `-` is stdout.
    init(_ word: String, _ existing: Existing) {
        self.existing = existing
        isImage = false
        // Whoever reads a FIFO may come a moment later, and then take as long as signing may.
        let patience = Patience(
            reader: .seconds(3), progress: .seconds(120), cancellation: Cancellation.descriptor)
        path = word == "-" ? nil : word
        output =
            path.map {
                OutputFile(
                    $0, existing: existing == .isReplaced ? .isReplaced : .isKept,
                    patience: patience)
            } ?? OutputFile(descriptor: 1, name: "stdout", patience: patience)
    }

    /// The registry of an image, beside a file if there is one.
    init(image file: BundleTarget?, _ existing: Existing = .isReplaced, pending: PendingPlace?) {
        isImage = true
        pendingPlace = pending
        path = file?.path
        output = file?.output
        self.existing = existing
    }

    /// The bundle that belongs to a file by its name.
    init(beside artifact: String, _ existing: Existing) throws {
        guard artifact != "-" else {
            throw UsageError("say where the bundle goes: --bundle FILE, or --bundle - for stdout")
        }
        try InputFile.refusePattern(artifact)
        self.init("\(artifact).sigstore.json", existing)
    }

    /// Whether what is there already is replaced.
    var isReplaced: Bool { existing == .isReplaced }

    /// Whether what an earlier run has signed is kept.
    var keepsEarlier: Bool { existing == .isKeptIfGood }

    /// More than what comes beside a content: certificate, timestamps and proofs.
    static let usualRoom = 1 << 16

    /// The bundle that is there already and may be kept.
    func earlierBundle() throws -> EarlierBundle? {
        guard existing == .isKeptIfGood, let path, FileIdentity(path)?.isRegular == true else {
            return nil
        }
        return try EarlierBundle(path)
    }

    var identity: FileIdentity? {
        output == nil ? nil : path.map { FileIdentity($0) } ?? FileIdentity(descriptor: 1)
    }

    /// Sees to it, before anything is sent, that there will be somewhere to write.
    ///
    /// - Parameter room: The most bytes that the bundle will have.
    /// - Throws: `UsageError` for a file that is there already, unless it may be replaced, and for a place
    ///   that takes no file; `Stopped`.
    func prove(room: Int = usualRoom) throws {
        guard let output else { return }
        if path == nil, StandardDescriptors.wasClosed(1) {
            throw UsageError("cannot write the bundle: stdout is closed")
        }
        do {
            try output.prove(room: room)
        } catch {
            try Cancellation.check()
            if error.number == EEXIST, let path {
                throw UsageError("\(quoted(path)) already exists; --overwrite replaces it")
            }
            throw UsageError("cannot write the bundle: \(error)")
        }
    }

    /// - Throws: `UsageError` where it cannot be written, unless another run has written it meanwhile.
    func write(_ bundle: SignedBundle) throws {
        do {
            try output?.write(bundle.json + [UInt8(ascii: "\n")])
        } catch {
            if error.number == EEXIST, let path,
                let earlier = try? EarlierBundle(path), earlier.isSame(as: bundle)
            {
                return
            }
            throw UsageError("cannot write the bundle: \(error)")
        }
    }

    /// What is said of it afterwards; nil for stdout.
    var note: String? {
        path.map {
            "wrote \($0)" + (output?.isInPlace == true ? " in place, as it cannot be replaced" : "")
        }
    }
}
