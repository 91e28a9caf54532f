import Glibc
import OperatingSystem

/// How to get from a file to another one, by their names alone.
enum RelativePath {
    /// - Returns: The name of `path` as seen from the folder in which `file` is.
    static func from(folderOf file: String, to path: String) -> String {
        let from = components(file).dropLast()
        let to = components(path)
        let common = zip(from, to.dropLast()).prefix { $0 == $1 }.count
        let steps = Array(repeating: "..", count: from.count - common) + to.dropFirst(common)
        return steps.joined(separator: "/")
    }

    /// The way back: where a name leads to that is relative to the folder of `file`.
    static func resolved(_ name: String, fromFolderOf file: String) -> String {
        if name.hasPrefix("/") { return name }
        // A file that is called `-` is not stdin.
        let folder = file.lastIndex(of: "/").map { file[...$0] } ?? (name == "-" ? "./" : "")
        return folder + name
    }

    /// From the root, without `.` and `..`.
    private static func components(_ path: String) -> [String] {
        var components: [String] = []
        let whole = path.hasPrefix("/") ? path : currentFolder + "/" + path
        for part in whole.split(separator: "/") where part != "." {
            if part == ".." {
                _ = components.popLast()
            } else {
                components.append(String(part))
            }
        }
        return components
    }

    private static var currentFolder: String {
        guard let name = getcwd(nil, 0) else { return "" }
        defer { free(name) }
        return String(fileName: UnsafeRawBufferPointer(start: name, count: strlen(name)))
    }
}
