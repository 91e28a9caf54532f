import Glibc
import OperatingSystem

/// What an attempt's standard streams are connected to. Without a reason they are ours.
package struct Streams {
    package enum Input {
        case inherited
        /// End of file at once.
        case empty
        /// A file that is handed over, from where it stands.
        case file(Int32)
        case replayed(StandardInputSpool)
    }

    package var input = Input.inherited
    /// Where standard output goes instead of straight through. The same capture for both streams
    /// keeps their order.
    package var output: OutputCapture?
    package var error: OutputCapture?
    /// Standard output goes to our standard error: a hook must not add to the command's output.
    package var outputJoinsError = false

    package init() {}
}

/// The descriptors of one attempt, and the pumps behind its pipes.
struct StreamPlan {
    private(set) var descriptors: [InheritedDescriptors.Entry] = []
    /// Bit n: the command starts with descriptor n closed, as we did.
    private(set) var closed: Int32 = 0
    private(set) var outputs: [OutputPump] = []
    private(set) var input: InputPump?
    /// Our ends to close once the command has them.
    private var handedOver: [Int32] = []

    init(_ streams: Streams, entry: EntryState) throws(ProcessError) {
        switch streams.input {
        case .inherited: connect(0, to: 0, entry)
        case .empty:
            let empty = try Self.emptyInput()
            handedOver.append(empty)
            descriptors.append(.init(target: 0, held: empty))
        case .file(let descriptor):
            handedOver.append(descriptor)
            descriptors.append(.init(target: 0, held: descriptor))
        case .replayed(let spool):
            let (reader, writer) = try Self.pipe()
            handedOver.append(reader)
            descriptors.append(.init(target: 0, held: reader))
            input = InputPump(spool, sink: writer)
        }
        // What was closed stays closed: the command learns of it from its own write.
        let output = entry.hadClosed(1) ? nil : streams.output
        let error = entry.hadClosed(2) ? nil : streams.error
        if let output {
            let writer = try capture(output, at: 1)
            if error === output { descriptors.append(.init(target: 2, held: writer)) }
        } else {
            connect(1, to: streams.outputJoinsError ? 2 : 1, entry)
        }
        if let error {
            if error !== output { _ = try capture(error, at: 2) }
        } else {
            connect(2, to: 2, entry)
        }
    }

    func closeHandedOver() {
        for descriptor in handedOver { close(descriptor) }
    }

    private mutating func connect(_ target: Int32, to source: Int32, _ entry: EntryState) {
        if entry.hadClosed(source) {
            closed |= 1 << target
        } else {
            descriptors.append(.init(target: target, held: source))
        }
    }

    private mutating func capture(
        _ capture: OutputCapture, at target: Int32
    ) throws(ProcessError) -> Int32 {
        let (reader, writer) = try Self.pipe()
        handedOver.append(writer)
        descriptors.append(.init(target: target, held: writer))
        outputs.append(OutputPump(capture, source: reader))
        return writer
    }

    /// `/dev/null`, or where there is none a pipe that nobody writes to.
    private static func emptyInput() throws(ProcessError) -> Int32 {
        let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
        if null >= 0 { return null }
        let (reader, writer) = try pipe()
        close(writer)
        return reader
    }

    private static func pipe() throws(ProcessError) -> (reader: Int32, writer: Int32) {
        guard let ends = makePipe() else { throw .resource("a pipe", errorNumber: errno) }
        return ends
    }
}
