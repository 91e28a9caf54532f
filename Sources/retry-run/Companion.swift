import Console
import Glibc
import ProcessRunner

/// The signing verbs: another executable of the same package, entered before anything is parsed.
///
/// It is linked to libcurl and OpenSSL, which would cost every wrapped command their start-up.
enum Companion {
    static let verbs: Set<String> = [
        "sign", "verify", "attest", "sign-blob", "attest-blob", "verify-blob",
        "verify-blob-attestation", "generate-key-pair",
    ]

    private static let name = "retry-run-sigstore"

    /// Becomes the companion when the first word is one of its verbs.
    /// - Returns: the error to report when the verb is known and the companion is not there.
    static func enter(_ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> String? {
        guard let first = arguments[0].map({ _ in arguments[1] }), let word = first,
            verbs.contains(String(cString: word))
        else { return nil }
        let folder = ownFolder()
        restoreEntrySignalMask()
        for descriptor: Int32 in 0...2 where EntryState.current.hadClosed(descriptor) {
            close(descriptor)
        }
        for candidate in ["\(folder)/\(name)", "\(folder)/../libexec/retry-run/\(name)"] {
            execv(candidate, arguments)
        }
        return "'\(String(cString: word))' needs \(name), which is neither beside retry-run nor in "
            + "\(folder)/../libexec/retry-run; install it there, or write "
            + "'retry-run -- \(String(cString: word))' to wrap a program of that name"
    }

    private static func ownFolder() -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
            guard let start = buffer.baseAddress else { return "" }
            let length = readlink("/proc/self/exe", start, buffer.count)
            let path = UnsafeRawBufferPointer(start: start, count: max(0, length))
            let end = path.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex
            return String(decoding: path[..<end], as: UTF8.self)
        }
    }
}
