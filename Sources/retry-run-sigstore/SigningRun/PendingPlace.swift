import Console
import Glibc
import OCI
import OperatingSystem
import SigningCrypto
import Sigstore

/// Where a signature is kept until it is complete: beside its bundle.
struct PendingPlace {
    static let suffix = ".sigstore.pending.json"
    private static let bundleSuffix = ".sigstore.json"

    let path: String
    /// As seen from the folder of this file.
    private let files: [String]
    private let target: String
    /// Whether a bundle that is there already, or a signature that is pending there, is replaced.
    let overwrites: Bool
    private let written = Written()

    /// How far the session was when it was written last.
    private final class Written {
        var progress: [UInt8]?
    }

    /// Of an image, which has no place in a file system: in the working folder, if no bundle has one.
    ///
    /// - Parameter message: What is said of the image. Of one image several things may be pending, and for
    ///   several repositories: each has a name of its own.
    init(
        of image: ImageDestination, saying message: String, besideBundle bundle: String?,
        overwrites: Bool
    ) {
        let beside = bundle.map { PendingPlace(besideBundle: $0, about: []) }
        let base = image.repository.path.split(separator: "/").last ?? "image"
        let words = "\(image.repository)\n\(image.destination)\n\(message)"
        let name =
            beside.map { String($0.path.dropLast(Self.suffix.count)) }
            ?? "\(base)-\(image.subject.digest.hex.prefix(12))"
            + "-\(Digest(of: Array(words.utf8)).hex.prefix(8))"
        let isOld = image.form == .old
        path = name + (isOld ? "-legacy" : "") + Self.suffix
        files = []
        target = isOld ? "" : beside?.target ?? ""
        self.overwrites = overwrites
    }

    /// - Parameters:
    ///   - bundle: Where the bundle goes.
    ///   - files: What is signed; `-` is stdin.
    init(besideBundle bundle: String, about files: [String], overwrites: Bool = false) {
        let isUsual = bundle.hasSuffix(Self.bundleSuffix)
        let path =
            (isUsual ? String(bundle.dropLast(Self.bundleSuffix.count)) : bundle) + Self.suffix
        self.path = path
        self.files = files.filter { $0 != "-" }.map { RelativePath.from(folderOf: path, to: $0) }
        target = RelativePath.from(folderOf: path, to: bundle)
        self.overwrites = overwrites
    }

    /// Where a file is that was there already.
    init(_ path: String, _ file: PendingFile) {
        self.path = path
        files = file.files
        target = file.target
        overwrites = file.overwrites
    }

    /// What is there; nil where nothing is.
    /// - Throws: `UsageError` for what is no pending signature of a known version.
    func read() throws -> PendingFile? {
        InputFile.exists(path) ? try Self.read(path) : nil
    }

    static func read(_ path: String) throws -> PendingFile {
        // Whoever has put a FIFO there may never write to it.
        if InputFile.exists(path), FileIdentity(path)?.isRegular == false {
            throw UsageError("cannot go on with \(quoted(path)): it is not a file")
        }
        do {
            let file = try PendingFile(json: InputFile(path).content(limit: PendingFile.sizeLimit))
            if let image = file.session.image, !image.isSubject(of: file.session.content) {
                throw PendingFileError.malformed("its image is another one")
            }
            return file
        } catch let error as PendingFileError {
            throw UsageError("cannot go on with \(quoted(path)): \(error)")
        }
    }

    /// Sees to it, before anything is sent, that there will be somewhere to write.
    func prove(room: Int) throws {
        do {
            try OutputFile(path).prove(room: room)
        } catch {
            try Cancellation.check()
            throw UsageError("cannot write the pending signature: \(error)")
        }
    }

    /// Writes how far it has got, if that is not written yet; nothing before there is a signature.
    func write(_ session: SigningSession) throws {
        let file = PendingFile(
            files: files, target: target, overwrites: overwrites, session: session)
        guard let progress = try file.progress(), progress != written.progress,
            let json = file.json(progress)
        else { return }
        do {
            try OutputFile(path).write(json)
            makeDurable(path)
            written.progress = progress
        } catch {
            throw UsageError("cannot write the pending signature: \(error)")
        }
    }

    var isThere: Bool { InputFile.exists(path) }

    /// - Parameter bundle: What was written in its stead.
    func remove(after bundle: String? = nil) {
        if let bundle { makeDurable(bundle) }
        _ = unlink(path.fileNameCharacters)
    }
}
