import CLinux
import Glibc

/// Our end of the socket to an exec stage.
struct StageConnection {
    let socket: Int32

    /// A connection, and the stage's end of it.
    static func make() throws(ProcessError) -> (StageConnection, stageEnd: Int32) {
        var pair: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &pair) == 0 else {
            throw .resource("a socket pair", errorNumber: errno)
        }
        return (StageConnection(socket: pair[0]), pair[1])
    }

    /// Sends the stage all that it needs to become `command`.
    ///
    /// - Returns: The error number of what was refused, else 0. `EPIPE` says that the stage has ended.
    func send(
        _ command: Command, to stage: pid_t, descriptors: [InheritedDescriptors.Entry],
        closed: Int32, inOurGroup: Bool, _ entry: EntryState
    ) -> Int32 {
        let environment = command.environment(for: stage, insteadOf: getpid())
        var strings: [UInt8] = []
        for string in command.arguments + environment {
            strings += string
            strings.append(0)
        }
        var header = StageHeader()
        header.parent = getpid()
        header.group = inOurGroup ? getpgrp() : 0
        header.descriptorCount = Int32(descriptors.count)
        header.closedStandardDescriptors = closed
        header.argumentCount = Int32(command.arguments.count)
        header.environmentCount = Int32(environment.count)
        header.stringBytes = strings.count
        header.blocked = entry.blocked.bits
        header.ignored = entry.ignored.bits
        header.descriptorLimit = entry.descriptorLimit
        if !withUnsafeBytes(of: &header, sendAll) { return errno }
        if !sendAll(descriptors) { return errno }
        return strings.withUnsafeBytes(sendAll) ? 0 : errno
    }

    /// Lets the stage become the command.
    func proceed() {
        var go: UInt8 = 1
        _ = send_descriptors(socket, &go, 1, nil, 0)
    }

    /// The next report, with the descriptors that came with it; nil when the stage is there no more.
    func receiveReport() -> (report: StageReport, attached: [Int32])? {
        var report = StageReport(step: 0)
        var descriptors: [Int32] = [-1, -1, -1]
        var count = descriptors.count
        let size = MemoryLayout<StageReport>.size
        guard receive_descriptors(socket, &report, size, &descriptors, &count) == size else {
            return nil
        }
        return (report, Array(descriptors.prefix(count)))
    }

    private func sendAll(_ descriptors: [InheritedDescriptors.Entry]) -> Bool {
        let perMessage = Int(descriptors_per_message)
        for start in stride(from: 0, to: descriptors.count, by: perMessage) {
            let chunk = descriptors[start..<min(start + perMessage, descriptors.count)]
            let held = chunk.map(\.held)
            let bytes = chunk.count * MemoryLayout<Int32>.size
            if send_descriptors(socket, chunk.map(\.target), bytes, held, held.count) < 0 {
                return false
            }
        }
        return true
    }

    private func sendAll(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let sent = send_descriptors(socket, rest.baseAddress, rest.count, nil, 0)
            if sent <= 0 { return false }
            rest = UnsafeRawBufferPointer(rebasing: rest[sent...])
        }
        return true
    }
}
