import Glibc
import ProcessRunner

/// The streams of the last attempt that are held back until it is known whether it was the final
/// one.
struct HeldStreams {
    var output: Spool?
    var error: Spool?

    /// The final attempt's streams reach ours. Of an earlier one stdout goes to stderr, where it
    /// can be read and disturbs nobody, and stderr is dropped.
    mutating func emit(isFinal: Bool) {
        output?.copy(to: isFinal ? 1 : 2)
        if isFinal { error?.copy(to: 2) }
        output = nil
        error = nil
    }
}

/// True when two descriptors write to the same file, so that the order of their bytes is visible.
func sameFile(_ first: Int32, _ second: Int32) -> Bool {
    var one = stat()
    var other = stat()
    return fstat(first, &one) == 0 && fstat(second, &other) == 0
        && one.st_dev == other.st_dev && one.st_ino == other.st_ino
}

/// Seconds since 1970, UTC.
func wallClock() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
