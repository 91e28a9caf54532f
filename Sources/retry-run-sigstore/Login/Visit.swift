import Glibc
import OperatingSystem
import Synchronization

/// A browser's coming back, told by one thread to another that waits for it.
final class Visit: Sendable {
    /// Readable once a browser has come back.
    let descriptor: Int32
    let isAwaited: @Sendable (_ query: String) -> Bool
    private let signal: Int32
    private let found = Mutex<String?>(nil)

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    init(_ isAwaited: @escaping @Sendable (_ query: String) -> Bool) throws(Failure) {
        self.isAwaited = isAwaited
        guard let ends = makePipe() else {
            throw Failure(description: "cannot make a pipe: \(errorText(errno))")
        }
        descriptor = ends.reader
        signal = ends.writer
    }

    deinit {
        close(descriptor)
        close(signal)
    }

    var query: String? { found.withLock { $0 } }

    /// Takes the query of the first visit; of later ones nothing is taken.
    func take(_ query: String) {
        let isFirst = found.withLock { found in
            defer { found = found ?? query }
            return found == nil
        }
        if isFirst { _ = write(signal, [1], 1) }
    }
}
