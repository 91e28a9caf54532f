import FoundationEssentials
import Glibc

/// A folder that goes away with its owner.
package final class TemporaryFolder {
    package let path: String

    package init() {
        var template = Array("/tmp/retry-run-test.XXXXXX".utf8CString)
        path = String(cString: mkdtemp(&template))
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
