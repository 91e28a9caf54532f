import Glibc
import TestSupport
import Testing

@testable import OperatingSystem

/// What an output file does where it cannot simply be replaced.
@Suite("Places of output")
struct OutputPlaceTests {
    private let temporary = TemporaryFolder()
    private var folder: String { temporary.path }

    private func text(_ name: String) -> String? {
        guard let file = fopen("\(folder)/\(name)", "r") else { return nil }
        defer { fclose(file) }
        var buffer = [UInt8](repeating: 0, count: 1000)
        return String(decoding: buffer[..<fread(&buffer, 1, buffer.count, file)], as: UTF8.self)
    }

    private func make(_ name: String, _ text: String = "old", mode: mode_t = 0o644) {
        let file = creat("\(folder)/\(name)", mode)
        fchmod(file, mode)
        _ = write(file, text, text.utf8.count)
        close(file)
    }

    private func status(_ name: String) -> stat {
        var status = stat()
        lstat("\(folder)/\(name)", &status)
        return status
    }

    private func output(
        _ name: String, existing: OutputFile.Existing = .isReplaced,
        patience: Patience = .forReports
    ) -> OutputFile {
        OutputFile("\(folder)/\(name)", existing: existing, patience: patience)
    }

    @Test("a file keeps its mode when it is replaced, and its other names keep the old content")
    func modeStays() throws {
        make("a", mode: 0o640)
        link("\(folder)/a", "\(folder)/other")
        try output("a").write(Array("new".utf8))

        #expect(text("a") == "new" && text("other") == "old")
        #expect(status("a").st_mode & 0o7777 == 0o640)
    }

    @Test("what has come since is not replaced where nothing was to be")
    func keepsExisting() {
        make("a")

        #expect(throws: FileError("\(folder)/a", EEXIST)) {
            try output("a", existing: .isKept).write([1])
        }
        symlink("nowhere", "\(folder)/dangling")
        #expect(throws: Never.self) { try output("dangling", existing: .isKept).prove() }
        #expect(text("a") == "old")
    }

    @Test("nor is what comes between the look and the write")
    func keepsWhatComes() throws {
        let entry = try OutputPlace.entry(of: "\(folder)/late")
        let file = ReplacedFile(entry, nil, mode: 0o644)
        make("late")

        #expect(throws: SystemError.self) { _ = try file.write([1]) }
        #expect(text("late") == "old")
    }

    @Test(
        "a FIFO of somebody else is not written to in a folder that others may write",
        .enabled(if: geteuid() == 0))
    func strangersFIFO() throws {
        let path = "\(folder)/fifo"
        mkfifo(path, 0o666)
        let reader = open(path, O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        for (owner, mode, isWritten) in [
            (65534, 0o1777, false), (65534, 0o755, true), (0, 0o1777, true),
        ] {
            chown(path, uid_t(owner), 0)
            chmod(folder, mode_t(mode))
            let error = Result { () throws(FileError) in try output("fifo").write([1]) }
            #expect(((try? error.get()) != nil) == isWritten)
            if case .failure(let error) = error { #expect(error.number == EACCES) }
        }
    }

    @Test("a name may be as long as the file system takes, and no longer")
    func longName() throws {
        let longest = String(repeating: "n", count: 255)
        try output(longest).prove()
        try output(longest).write(Array("new".utf8))

        #expect(text(longest) == "new")
        #expect(throws: FileError("\(folder)/\(longest)n", ENAMETOOLONG)) {
            try output(longest + "n").prove()
        }
    }

    @Test("a link is followed in a folder of our own, in one that others may write it is not")
    func plantedLink() throws {
        make("victim")
        symlink("victim", "\(folder)/link")
        try output("link").write(Array("new".utf8))
        #expect(text("victim") == "new")

        mkdir("\(folder)/shared", 0o755)
        symlink("../victim", "\(folder)/shared/link")
        for mode in [mode_t(0o777), 0o1777, 0o775] {
            chmod("\(folder)/shared", mode)
            for attempt in [{ try $0.prove() }, { try $0.write([1]) }]
                as [(OutputFile) throws -> Void]
            {
                #expect(throws: FileError.self) { try attempt(output("shared/link")) }
            }
        }
        #expect(text("victim") == "new")
    }

    @Test("a FIFO without a reader is an error, at once or after the time that it gets")
    func fifoWithoutReader() throws {
        mkfifo("\(folder)/fifo", 0o600)
        let start = ContinuousClock.now
        #expect(throws: FileError.self) { try output("fifo").prove() }
        #expect(throws: FileError.self) { try output("fifo").write([1]) }
        let patience = Patience(reader: .milliseconds(60), progress: .seconds(1))
        #expect(throws: FileError.self) { try output("fifo", patience: patience).prove() }
        #expect(start.duration(to: .now) < .seconds(2))
    }

    @Test(
        "a reader that takes nothing more keeps us no longer than it may; one that reads gets all")
    func slowReader() throws {
        mkfifo("\(folder)/fifo", 0o600)
        let reader = open("\(folder)/fifo", O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        let file = output(
            "fifo", patience: Patience(reader: .zero, progress: .milliseconds(50)))
        try file.prove()
        try file.write(Array("all".utf8))
        var buffer = [UInt8](repeating: 0, count: 10)
        #expect(read(reader, &buffer, 10) == 3)

        #expect(throws: FileError.self) { try file.write([UInt8](repeating: 0, count: 1 << 20)) }
    }

    @Test("something to read from the descriptor of a cancellation ends the wait for a reader")
    func cancelled() throws {
        mkfifo("\(folder)/fifo", 0o600)
        var ends: [Int32] = [-1, -1]
        pipe(&ends)
        defer { for end in ends { close(end) } }
        _ = write(ends[1], "x", 1)
        let patience = Patience(
            reader: .seconds(60), progress: .seconds(60), cancellation: ends[0])

        #expect(throws: FileError("\(folder)/fifo", ECANCELED)) {
            try output("fifo", patience: patience).prove()
        }
    }

    @Test("a closed pipe is an error, not a signal")
    func brokenPipe() {
        var ends: [Int32] = [-1, -1]
        pipe(&ends)
        close(ends[0])
        defer { close(ends[1]) }
        let path = "/dev/fd/\(ends[1])"

        #expect(throws: FileError(path, EPIPE)) { try OutputFile(path).write([1]) }
    }

    @Test("/dev/fd/N is the descriptor itself, with its position, and must be open for writing")
    func ownDescriptor() throws {
        make("log", "before ")
        let file = open("\(folder)/log", O_WRONLY | O_APPEND)
        defer { close(file) }
        try OutputFile("/dev/fd/\(file)").prove()
        try OutputFile("/proc/self/fd/\(file)").write(Array("after".utf8))
        #expect(text("log") == "before after")

        let reading = open("\(folder)/log", O_RDONLY)
        defer { close(reading) }
        #expect(throws: FileError.self) { try OutputFile("/dev/fd/\(reading)").prove() }
    }

    @Test("a device that takes nothing says so before there is anything to write")
    func fullDevice() throws {
        #expect(throws: FileError("/dev/full", ENOSPC)) { try OutputFile("/dev/full").prove() }
        try OutputFile("/dev/null").prove()
        try OutputFile("/dev/null").write([1])
    }

    @Test(
        "one file by any spelling is one file, also before it is there; the null device is no file")
    func identity() throws {
        make("a")
        link("\(folder)/a", "\(folder)/hard")
        symlink("a", "\(folder)/soft")
        symlink("new", "\(folder)/dangling")
        let other = try #require(FileIdentity("\(folder)/a"))
        for name in ["./a", "hard", "soft", "../" + folder.dropFirst(5) + "/a"] {
            #expect(FileIdentity("\(folder)/\(name)")?.clashes(with: other) == true)
        }
        let new = try #require(FileIdentity("\(folder)/new"))
        #expect(FileIdentity("\(folder)/.//new")?.clashes(with: new) == true)
        #expect(FileIdentity("\(folder)/dangling")?.clashes(with: new) == true)
        #expect(FileIdentity("\(folder)/newer")?.clashes(with: new) == false)
        let null = try #require(FileIdentity("/dev/null"))
        #expect(!null.clashes(with: null))
    }
}
