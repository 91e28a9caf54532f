import CLinux
import Glibc
import OperatingSystem

// The sentinel is in our group and blocks every signal. A signal for the whole group reaches both of
// us, one for a single process does not reach it: so it tells the one from the other.

/// The life of a sentinel, a fork of the exec stage: system calls and plain memory only. Descriptor 0
/// is the link to us; whenever we ask, it says how often each signal has come since.
func standSentinel() -> Never {
    let size = Int(highestSignal + 1)
    guard let memory = malloc(size) else { _exit(0) }
    let counts = memory.assumingMemoryBound(to: UInt8.self)
    var question: UInt8 = 0
    while recv(0, &question, 1, 0) == 1 {
        memset(memory, 0, size)
        var number = take_pending_signal()
        while number != 0 {
            if counts[Int(number)] < UInt8.max { counts[Int(number)] += 1 }
            number = take_pending_signal()
        }
        if send(0, memory, size, Int32(MSG_NOSIGNAL)) < 0 { break }
    }
    _exit(0)
}

/// What a sentinel has seen: how often each signal went to the whole group.
struct GroupSignals {
    /// Of what has come and was not taken yet: the sentinel may have seen more than we have read.
    private var counts = [UInt8](repeating: 0, count: Int(highestSignal + 1))

    /// How often a sentinel that does not answer is waited for, and how long.
    private static let patience = (times: 20, interval: Duration.milliseconds(50))

    /// Asks `sentinel`; false when it does not answer.
    mutating func update(from sentinel: Attendant) -> Bool {
        // Waits for the lock that whoever signals a group holds until all of it has been signalled.
        _ = setpgid(0, getpgrp())
        var answer = [UInt8](repeating: 0, count: Int(highestSignal + 1))
        // One that came too late.
        while recv(sentinel.link, &answer, answer.count, Int32(MSG_DONTWAIT)) > 0 {}
        var question: UInt8 = 1
        guard send(sentinel.link, &question, 1, Int32(MSG_NOSIGNAL)) == 1 else {
            return false
        }
        var times = 0
        while firstReady(of: [sentinel.link], until: .now + Self.patience.interval) == nil {
            times += 1
            if times > Self.patience.times { return false }
            // Stopped together with us, but not resumed.
            if times == 1 { sentinel.resumeIfStopped() }
        }
        guard recv(sentinel.link, &answer, answer.count, Int32(MSG_DONTWAIT)) == answer.count else {
            return false
        }
        for (number, count) in answer.enumerated() {
            counts[number] = UInt8(min(255, Int(counts[number]) + Int(count)))
        }
        return true
    }

    /// True when one more of this signal went to the whole group.
    mutating func take(_ signal: Signal) -> Bool {
        guard counts[Int(signal.rawValue)] > 0 else { return false }
        // Others than real-time signals are not queued: one that we read may have been several.
        counts[Int(signal.rawValue)] = signal.rawValue < 32 ? 0 : counts[Int(signal.rawValue)] - 1
        return true
    }
}
