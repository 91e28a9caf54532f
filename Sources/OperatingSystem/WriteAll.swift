import Glibc

/// Writes all bytes, waiting where the descriptor is slow; false on an error.
package func writeAll(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
        let written = write(descriptor, rest.baseAddress, rest.count)
        if written > 0 {
            rest = UnsafeRawBufferPointer(rebasing: rest[written...])
        } else if written < 0, errno == EAGAIN {
            _ = firstReady(of: [.writing(descriptor)], until: nil)
        } else if written < 0, errno != EINTR {
            return false
        }
    }
    return true
}
