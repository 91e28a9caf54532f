import CLinux
import Glibc
import OperatingSystem
import Synchronization
import Testing

@Suite("Work on a thread of its own")
struct OwnThreadTests {
    @Test("the answer comes back")
    func answer() {
        #expect(leavable(while: { true }, { [1, 2].map { $0 * 2 } }) == [2, 4])
    }

    @Test("it is left once its answer is not wanted any more, and goes on by itself")
    func left() throws {
        let gate = try Gate()
        var asked = 0
        let answer: Int? = leavable {
            asked += 1
            return asked < 3
        } _: {
            gate.wait()
            return 1
        }
        #expect(answer == nil && asked == 3)

        gate.open()
        gate.waitUntilPassed()
    }

    @Test("no signal reaches the thread")
    func signals() {
        @Sendable func mask() -> UInt {
            var mask: UInt = 0
            _ = kernel_sigprocmask(SIG_BLOCK, nil, &mask)
            return mask
        }
        let before = mask()
        let inside = leavable(while: { true }, { mask() }) ?? 0

        for signal in [SIGTERM, SIGINT, SIGHUP, SIGCHLD, SIGPIPE, SIGTSTP, SIGUSR1, SIGALRM] {
            #expect(inside & 1 << UInt(signal - 1) != 0)
        }
        #expect(mask() == before)
    }

    /// Two pipes: one that opens the gate, one that tells that somebody has passed it.
    private final class Gate: Sendable {
        private let opened: (reader: Int32, writer: Int32)
        private let passed: (reader: Int32, writer: Int32)

        init() throws {
            opened = try #require(makePipe())
            passed = try #require(makePipe())
        }

        func open() { close(opened.writer) }
        func wait() {
            _ = firstReady(of: [opened.reader], until: nil)
            close(passed.writer)
        }
        func waitUntilPassed() { _ = firstReady(of: [passed.reader], until: nil) }

        deinit { for reader in [opened.reader, passed.reader] { close(reader) } }
    }
}
