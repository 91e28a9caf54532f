import Glibc
import OperatingSystem
import Testing

struct ReadinessTests {
    private final class Pipe {
        let reader: Int32
        let writer: Int32

        init() {
            var ends: [Int32] = [-1, -1]
            #expect(pipe(&ends) == 0)
            (reader, writer) = (ends[0], ends[1])
        }

        deinit {
            close(reader)
            close(writer)
        }
    }

    private var soon: ContinuousClock.Instant { .now + .milliseconds(20) }

    @Test("an empty pipe is ready for writing, not for reading")
    func emptyPipe() {
        let pipe = Pipe()

        #expect(!Readiness.reading(pipe.reader).isThere)
        #expect(Readiness.writing(pipe.writer).isThere)
        #expect(firstReady(of: [pipe.reader], until: soon) == nil)
    }

    @Test("of two that are ready the first is named")
    func order() {
        let (first, second) = (Pipe(), Pipe())
        write(second.writer, "x", 1)
        #expect(firstReady(of: [first.reader, second.reader], until: nil) == 1)

        write(first.writer, "x", 1)
        #expect(firstReady(of: [first.reader, second.reader], until: nil) == 0)
    }

    @Test("a descriptor that cancels ends the wait for an output that takes nothing")
    func cancellation() {
        let (full, cancellation) = (Pipe(), Pipe())
        _ = fcntl(full.writer, F_SETFL, O_NONBLOCK)
        let block = [UInt8](repeating: 0, count: 4096)
        while write(full.writer, block, block.count) > 0 {}
        let wanted: [Readiness] = [.writing(full.writer), .reading(cancellation.reader)]
        #expect(firstReady(of: wanted, until: soon) == nil)

        write(cancellation.writer, "x", 1)
        #expect(firstReady(of: wanted, until: nil) == 1)
    }

    @Test("a negative descriptor is never ready")
    func negative() {
        #expect(!Readiness.reading(-1).isThere)
        #expect(firstReady(of: [-1], until: soon) == nil)
    }

    @Test("the end of the other side is ready for reading")
    func end() {
        var ends: [Int32] = [-1, -1]
        #expect(pipe(&ends) == 0)
        close(ends[1])

        #expect(firstReady(of: [ends[0]], until: nil) == 0)
        close(ends[0])
    }
}
