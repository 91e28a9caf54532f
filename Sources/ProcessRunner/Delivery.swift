import Glibc
package import OperatingSystem

extension Supervisor {
    /// Writes what was kept to `descriptor`. A slow reader is waited for until `limit`, and no longer
    /// once we are asked to stop; one that has gone is no error.
    package func deliver(
        _ spool: Spool, to descriptor: Int32, until limit: Instant? = nil
    ) -> OutputFailure? {
        withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
            var offset = 0
            var lastProgress = now
            while case let count = spool.read(at: offset, into: buffer), count > 0 {
                let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
                switch UnwaitingWrite(bytes, to: descriptor) {
                case .written(let length):
                    offset += length
                    lastProgress = now
                    handleSignals()
                case .failed(EPIPE), .failed(ECONNRESET): return nil
                case .failed(let number): return .write(errorNumber: number)
                case .notNow:
                    let end = deliveryEnd(lastProgress, limit)
                    if let end, now >= end { return .notTaken }
                    let writable = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    wait(until: end ?? limit, extra: [writable])
                    handleSignals()
                }
            }
            return nil
        }
    }

    /// Writes a file beside the result, which it neither delays nor changes: whoever is to read it has
    /// a moment, and a signal ends that.
    package func write(_ content: [UInt8], to path: String) throws(FileError) {
        if let own = try descriptor(namedBy: path) {
            switch deliver(Spool(content), to: own, until: now) {
            case nil: return
            case .write(let number): throw FileError(path, number)
            case .notTaken: throw FileError(path, ETIMEDOUT)
            }
        }
        handleSignals()
        let patience = Patience(
            reader: Self.moment * 2, progress: Self.moment * 2, cancellation: signals.descriptor)
        do {
            try OutputFile(path, patience: patience).write(content)
        } catch  where error.number == ECANCELED {
            // It may have been the end of a process that had fallen to us.
            handleSignals()
            try OutputFile(path, patience: patience).write(content)
        }
    }

    /// Gives what is still to be said a moment more.
    package func finishMessages() {
        let end = now.advanced(by: Self.moment)
        messages.flush()
        while !messages.isEmpty, now < end {
            wait(until: end, extra: [])
            handleSignals()
        }
    }

    /// Takes note of the signals that have arrived; true while there is a reason to go on with work of
    /// our own: no request to stop, time left until `limit`, or a moment since then.
    package func mayGoOn(until limit: Instant?) -> Bool {
        handleSignals()
        guard stopRequest != nil || limit.map({ now >= $0 }) == true else {
            outOfTimeSince = nil
            return true
        }
        let since = outOfTimeSince ?? now
        outOfTimeSince = since
        return since.duration(to: now) < Self.moment
    }

    /// What a run that has to end still waits for a reader.
    private static let moment = Duration.milliseconds(100)

    private func deliveryEnd(_ lastProgress: Instant, _ limit: Instant?) -> Instant? {
        guard stopRequest != nil || limit.map({ now >= $0 }) == true else { return nil }
        return lastProgress.advanced(by: Self.moment)
    }
}
