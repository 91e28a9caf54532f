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

/// The bytes of a file of `/proc`; nil, with the reason in `errno`, when it cannot be read.
func contents(of path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    var count = 0
    repeat {
        let chunk = 4096
        bytes.reserveCapacity(bytes.count + chunk)
        count = withUnsafeTemporaryAllocation(byteCount: chunk, alignment: 1) { buffer in
            let count = read(file, buffer.baseAddress, chunk)
            if count > 0 { bytes += buffer[..<count] }
            return count
        }
    } while count > 0
    return count < 0 ? nil : bytes
}
