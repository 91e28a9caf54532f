import Glibc

/// The entries of a folder of `/proc` whose names are positive numbers; nil, with the reason in
/// `errno`, when it cannot be read.
func numberedEntries(of path: String) -> [Int32]? {
    guard let folder = opendir(path) else { return nil }
    defer { closedir(folder) }
    var numbers: [Int32] = []
    while let entry = readdir(folder) {
        let number = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
            bytes.baseAddress.map { strtol($0.assumingMemoryBound(to: CChar.self), nil, 10) }
        }
        if let number, number > 0 { numbers.append(Int32(number)) }
    }
    return numbers
}
