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

/// A descriptor that leads nowhere: `/dev/null`, or where there is none one that can neither be read nor
/// written.
func openNowhere() -> Int32 {
    let null = open("/dev/null", O_RDWR | O_CLOEXEC)
    return null >= 0 ? null : open("/", pathOnly | O_CLOEXEC)
}

/// `O_PATH`
let pathOnly: Int32 = 0o10000000

/// True when this process holds a POSIX record lock on the file: the kernel drops it as soon as the
/// process closes any descriptor of that file.
///
/// Source: proc_pid_fdinfo(5).
func holdsRecordLock(_ descriptor: Int32) -> Bool {
    let file = open("/proc/self/fdinfo/\(descriptor)", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return true }
    defer { close(file) }
    return withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
        guard let text = buffer.bindMemory(to: CChar.self).baseAddress else { return true }
        text[max(read(file, text, buffer.count - 1), 0)] = 0
        return strstr(text, "POSIX") != nil
    }
}
