import Dispatch
import Glibc
import TUF
import TestSupport
import Testing

@Suite("A folder as a cache")
struct DirectoryStoreTests {
    private let temporary = TemporaryFolder()
    private let folder: String
    private let store: DirectoryStore

    init() {
        folder = "\(temporary.path)/a/b"
        store = DirectoryStore(folder)
    }

    @Test("what is written is there for the next process")
    func files() {
        #expect(store.read("a", limit: 10) == nil)
        store.write("a", [1, 2, 3])
        store.write("empty", [])

        let next = DirectoryStore(folder)
        #expect(next.read("a", limit: 3) == [1, 2, 3])
        #expect(next.read("empty", limit: 0) == [])
        next.write("a", [4])
        #expect(store.read("a", limit: 10) == [4])
        next.remove("a")
        #expect(store.read("a", limit: 10) == nil)
        next.remove("a")
    }

    @Test("a file of more bytes than the limit, a folder or a pipe is not read")
    func unreadable() {
        store.write("a", [1, 2, 3])
        mkdir("\(folder)/folder", 0o700)
        mkfifo("\(folder)/pipe", 0o600)

        #expect(store.read("a", limit: 2) == nil)
        #expect(store.read("folder", limit: 10_000) == nil)
        #expect(store.read("pipe", limit: 10) == nil)
    }

    @Test("where nothing can be made, the process remembers for itself")
    func memoryOnly() {
        let store = DirectoryStore("/dev/null/cache")
        store.write("a", [1, 2, 3])
        #expect(store.read("a", limit: 3) == [1, 2, 3])
        #expect(store.read("a", limit: 2) == nil)
        store.remove("a")
        #expect(store.read("a", limit: 3) == nil)

        var isDone = false
        store.locked { isDone = true }
        #expect(isDone)
        #expect(DirectoryStore("/dev/null/cache").read("a", limit: 3) == nil)
    }

    @Test("what can be neither replaced nor removed counts as replaced or removed")
    func overlay() {
        store.locked {}
        mkdir("\(folder)/a", 0o700)

        store.write("a", [1])
        #expect(store.read("a", limit: 10) == [1])
        store.remove("a")
        #expect(store.read("a", limit: 10) == nil)
        rmdir("\(folder)/a")
        store.write("a", [2])
        #expect(DirectoryStore(folder).read("a", limit: 10) == [2])

        let readOnly = DirectoryStore("/proc/\(getpid())")
        #expect(readOnly.read("comm", limit: 10) == [])
        readOnly.remove("comm")
        #expect(readOnly.read("comm", limit: 10) == nil)
    }

    @Test("one at a time holds the lock")
    func exclusion() {
        let folder = folder
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            let store = DirectoryStore(folder)
            for _ in 0..<25 {
                store.locked {
                    let count = store.read("count", limit: 1)?.first ?? 0
                    store.write("count", [count + 1])
                }
            }
        }

        #expect(store.read("count", limit: 1) == [100])
    }

    @Test("a lock that is never let go of stops nobody for ever")
    func patience() throws {
        store.locked {}
        let file = open("\(folder)/lock", O_RDONLY)
        defer { close(file) }
        try #require(flock(file, LOCK_EX | LOCK_NB) == 0)

        var isDone = false
        DirectoryStore(folder, patience: .zero).locked { isDone = true }
        #expect(isDone)
    }

    @Test("neither a file nor a folder of the cache is reached through a link")
    func links() {
        let base = temporary.path
        let victim = DirectoryStore("\(base)/victim")
        victim.write("file", [1])
        store.write("kept", [1])
        symlink("\(base)/victim/file", "\(folder)/link")
        symlink("\(base)/victim/lock", "\(folder)/lock")
        #expect(store.read("link", limit: 10) == nil)
        store.write("link", [2])
        #expect(store.read("link", limit: 10) == [2])

        symlink("victim", "\(base)/linked")
        let linked = DirectoryStore("\(base)/linked")
        #expect(linked.read("file", limit: 10) == nil)
        linked.write("file", [2])
        linked.remove("file")
        symlink("a", "\(base)/c")
        let below = DirectoryStore("\(base)/c/b", ownFolders: 2)
        #expect(below.read("kept", limit: 10) == nil)
        below.write("kept", [2])
        var isDone = false
        for store in [store, linked, below] { store.locked { isDone = true } }

        #expect(isDone)
        #expect(access("\(base)/victim/lock", F_OK) != 0)
        #expect(victim.read("file", limit: 10) == [1])
        #expect(DirectoryStore(folder).read("kept", limit: 10) == [1])
        #expect(DirectoryStore("\(base)/c/b").read("kept", limit: 10) == [1])
    }
}
