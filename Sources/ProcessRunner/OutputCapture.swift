import Glibc

/// Why bytes of the command's output did not get where they belong.
package enum OutputFailure: Equatable, Sendable {
    /// The stream refused them.
    case write(errorNumber: Int32)
    /// The reader did not take them before the run had to end.
    case notTaken
}

/// What becomes of the bytes of a stream that is piped: passed on at once or held, and looked at.
package final class OutputCapture {
    /// Where they belong: our standard output or error.
    let descriptor: Int32
    let tail: OutputTail?
    /// The bytes of the attempt, while they are held.
    package private(set) var held: Spool?
    /// Why they are not held any more, but passed on.
    package private(set) var givenUp: ProcessError?
    package internal(set) var failure: OutputFailure?

    /// Passes everything on to `descriptor`.
    package init(passingTo descriptor: Int32, tail: OutputTail) {
        self.descriptor = descriptor
        self.tail = tail
    }

    /// Holds everything back.
    package init(holding descriptor: Int32, tail: OutputTail?) {
        self.descriptor = descriptor
        self.tail = tail
        held = Spool()
    }

    enum Receipt {
        case kept
        case toPassOn
        /// There is no room to hold more: first what was held.
        case toPassOnAfter(Spool)
    }

    func receive(_ bytes: UnsafeRawBufferPointer) -> Receipt {
        tail?.append(bytes)
        if failure != nil { return .kept }
        guard let spool = held else { return .toPassOn }
        do {
            try spool.append(bytes)
            return .kept
        } catch {
            givenUp = error
            held = nil
            return .toPassOnAfter(spool)
        }
    }
}
