import FoundationEssentials
import Glibc

/// A folder that goes away with its owner.
final class TemporaryFolder {
    let path: String

    init() {
        var template = Array("/tmp/tuf-tests.XXXXXX".utf8CString)
        path = String(cString: mkdtemp(&template))
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
