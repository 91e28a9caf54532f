import Console
import Glibc
import OperatingSystem
import ProcessRunner

/// The signing verbs: another executable of the same package, entered before anything is parsed.
///
/// It is linked to libcurl and OpenSSL, which would cost every wrapped command their start-up.
enum Companion {
    private static let name = "retry-run-sigstore"

    /// Sends a trace that it reads on standard input; for us alone.
    static let traceVerb = "send-trace"

    /// Where it is; nil when it is not installed.
    static func path() throws(CompanionError) -> String? {
        try file().map { pathText($0.path) }
    }

    /// Becomes the companion when the first word is one of its verbs.
    /// - Returns: the error to report when the verb is known and there is no companion to become.
    static func enter(_ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> String? {
        guard let first = arguments[0].map({ _ in arguments[1] }), let word = first,
            let verb = SigningVerb(rawValue: String(cString: word))?.rawValue
        else { return nil }
        do throws(CompanionError) {
            guard let file = try file() else { return missing(verb) }
            restoreEntrySignalMask()
            for descriptor: Int32 in 0...2 where EntryState.current.hadClosed(descriptor) {
                close(descriptor)
            }
            execv(file.path, arguments)
            return
                "'\(verb)' needs \(name): cannot run '\(pathText(file.path))': \(errorText(errno))"
        } catch {
            return "'\(verb)' needs \(name), which is not run: \(error)"
        }
    }

    /// That of an installation, else that of a build. One that is not ours ends the search: whoever put
    /// it there must not choose which one is run.
    private static func file() throws(CompanionError) -> CompanionFile? {
        guard let folder = ownFolder() else { return nil }
        if let installed = try CompanionFile(folder + "/../libexec/retry-run/\(name)".utf8CString) {
            return installed
        }
        return try CompanionFile(folder + "/\(name)".utf8CString)
    }

    private static func missing(_ verb: String) -> String {
        "'\(verb)' needs \(name), which is neither in ../libexec/retry-run, as seen from the folder of "
            + "retry-run, nor in that folder; install it there, or write 'retry-run -- \(verb)' to wrap a program "
            + "of that name"
    }

    /// The folder of the file that runs, whatever it was called by; nil without /proc.
    private static func ownFolder() -> [CChar]? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
            guard let start = buffer.baseAddress else { return nil }
            let length = readlink("/proc/self/exe", start, buffer.count)
            guard length > 0 else { return nil }
            let path = UnsafeBufferPointer(start: start, count: length)
            return Array(path[..<(path.lastIndex(of: CChar(UInt8(ascii: "/"))) ?? 0)])
        }
    }
}
