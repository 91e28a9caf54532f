import Glibc
import Synchronization

/// The temporary files of this process that have not got their names yet: who ends the process from
/// another thread takes them along.
package enum UnfinishedFiles {
    private struct File: Hashable {
        let folder: Int32
        let name: [CChar]
    }

    private static let files = Mutex<Set<File>>([])

    static func insert(_ name: [CChar], in folder: Folder) {
        files.withLock { _ = $0.insert(File(folder: folder.descriptor, name: name)) }
    }

    static func remove(_ name: [CChar], in folder: Folder) {
        files.withLock { _ = $0.remove(File(folder: folder.descriptor, name: name)) }
    }

    package static func unlinkAll() {
        files.withLock { files in
            for file in files { unlinkat(file.folder, file.name, 0) }
            files = []
        }
    }
}
