import Glibc
import OperatingSystem
import TestSupport
import Testing

@Suite struct OutputFileTests {
    private let temporary = TemporaryFolder()
    private var folder: String { temporary.path }

    private func content(_ name: String) -> [UInt8]? {
        guard let file = fopen("\(folder)/\(name)", "r") else { return nil }
        defer { fclose(file) }
        var buffer = [UInt8](repeating: 0, count: 100)
        let count = fread(&buffer, 1, buffer.count, file)
        return Array(buffer[..<count])
    }

    @Test("a file is replaced as a whole, and nothing is left beside it")
    func replaces() throws {
        try OutputFile("\(folder)/a").write([1, 2, 3])
        try OutputFile("\(folder)/a").write([4])

        #expect(content("a") == [4])
        #expect(try entries() == ["a"])
    }

    @Test("proving says whether there can be a file, and leaves what is there as it is")
    func prove() throws {
        try OutputFile("\(folder)/a").write([1])
        try OutputFile("\(folder)/a").prove()
        try OutputFile("\(folder)/b").prove()
        try OutputFile("/dev/null").prove()

        #expect(content("a") == [1])
        #expect(try entries() == ["a"])
        for (path, number) in [("\(folder)/none/a", ENOENT), (folder, EISDIR)] {
            #expect(throws: FileError(path, number)) { try OutputFile(path).prove() }
        }
    }

    @Test("a link stays a link, and the file it names gets the content")
    func followsLinks() throws {
        try OutputFile("\(folder)/target").write([1])
        symlink("target", "\(folder)/link")
        try OutputFile("\(folder)/link").write([2])

        #expect(content("target") == [2])
        var status = stat()
        lstat("\(folder)/link", &status)
        #expect(status.st_mode & S_IFMT == S_IFLNK)
    }

    @Test("a failed write names the file and the reason, and leaves an older file as it was")
    func failure() throws {
        #expect(throws: FileError("\(folder)/none/a", ENOENT)) {
            try OutputFile("\(folder)/none/a").write([1])
        }
        #expect("\(FileError("x", ENOENT))" == "x: no such file or directory")
        #expect(throws: FileError("/dev/full", ENOSPC)) { try OutputFile("/dev/full").write([1]) }
    }

    private func entries() throws -> [String] {
        let listing = try #require(opendir(folder))
        defer { closedir(listing) }
        var names: [String] = []
        while let entry = readdir(listing) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
