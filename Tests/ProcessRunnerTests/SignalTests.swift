import Glibc
import Testing

@testable import ProcessRunner

@Suite("Signals")
struct SignalTests {
    @Test(
        "a signal is named in any case, with and without SIG, or by its number",
        arguments: [
            ("TERM", SIGTERM), ("sigterm", SIGTERM), ("15", SIGTERM), ("Kill", SIGKILL),
            ("RTMIN", 34), ("RTMIN+3", 37), ("RTMAX", 64), ("sigrtmax-2", 62), ("64", 64),
            ("SIGSTKFLT", 16),
        ])
    func named(name: String, number: Int32) {
        #expect(Signal(named: name)?.rawValue == number)
    }

    @Test(
        "what is no signal is refused",
        arguments: [
            "", "0", "65", "-1", "TREM", "RTMIN+31", "RTMIN+", "RTMIN-1", "RTMAX-31", "RTMAX+1",
            "RTMAX-", "RTMIN++1", "SIG",
        ])
    func refused(name: String) {
        #expect(Signal(named: name) == nil)
    }

    @Test("a signal is printed by its name")
    func printed() {
        #expect("\(Signal.terminate)" == "SIGTERM")
        #expect("\(Signal(34))" == "SIGRTMIN")
        #expect("\(Signal(40))" == "SIGRTMIN+6")
        #expect("\(Signal(32))" == "32")
    }

    @Test("a set holds signals as the kernel's bits")
    func set() {
        let set = SignalSet([.hangUp, .terminate])

        #expect(set.bits == 1 | 1 << 14)
        #expect(set.contains(.terminate))
        #expect(!set.contains(.interrupt))
        #expect(set.subtracting(SignalSet([.hangUp])).bits == 1 << 14)
        #expect(SignalSet(bits: 1 << 63).contains(Signal(64)))
    }
}
