import Console
import Glibc
import POSIX

/// Where one bundle goes.
enum BundleTarget {
    case stdout
    case file(String)

    /// - Parameter word: `-` is stdout.
    init(_ word: String) {
        self = word == "-" ? .stdout : .file(word)
    }

    /// The bundle that belongs to a file by its name.
    init(beside artifact: String) throws {
        guard artifact != "-" else {
            throw UsageError("say where the bundle goes: --bundle FILE, or --bundle - for stdout")
        }
        self = .file("\(artifact).sigstore.json")
    }

    /// Sees to it, before anything is sent, that there will be somewhere to write.
    ///
    /// - Parameter inputs: The files that are read, which must not be written over.
    /// - Throws: `UsageError` for a file that is there already, unless it may be replaced, and for a place
    ///   that takes no file.
    func check(overwrites: Bool, inputs: [String]) throws {
        guard case .file(let path) = self else {
            if StandardDescriptors.wasClosed(1) {
                throw UsageError("cannot write the bundle: stdout is closed")
            }
            return
        }
        try FileIdentity.check("the bundle", path, isNoneOf: inputs)
        if FileIdentity(path)?.isRegular == true, !overwrites {
            throw UsageError("\(quoted(path)) is there already; --overwrite replaces it")
        }
        do {
            try OutputFile(path).probe()
        } catch {
            throw UsageError("cannot write the bundle: \(error)")
        }
    }

    func write(_ json: [UInt8]) throws {
        switch self {
        case .stdout:
            let line = json + [UInt8(ascii: "\n")]
            guard line.withUnsafeBytes({ writeAll(1, $0) }) else {
                throw UsageError("cannot write the bundle to stdout: \(errorText(errno))")
            }
        case .file(let path):
            do {
                try OutputFile(path).write(json + [UInt8(ascii: "\n")])
            } catch {
                throw UsageError("cannot write the bundle: \(error)")
            }
        }
    }

    /// For messages and the report; nil for stdout.
    var path: String? {
        if case .file(let path) = self { path } else { nil }
    }
}

/// Which file it is, whatever its name.
struct FileIdentity: Equatable {
    private let device: UInt
    private let inode: UInt
    let isRegular: Bool

    /// - Throws: `UsageError` where an output is one of the files that are read.
    static func check(_ output: String, _ path: String, isNoneOf inputs: [String]) throws {
        guard let identity = FileIdentity(path), identity.isRegular else { return }
        if let input = inputs.first(where: { $0 != "-" && FileIdentity($0) == identity }) {
            throw UsageError("\(output) would be written over \(quoted(input)), which is to be read")
        }
    }

    init?(_ path: String) {
        var status = Glibc.stat()
        guard stat(path, &status) == 0 else { return nil }
        device = UInt(status.st_dev)
        inode = UInt(status.st_ino)
        isRegular = status.st_mode & S_IFMT == S_IFREG
    }
}
