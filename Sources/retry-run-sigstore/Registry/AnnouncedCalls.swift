import OCI

/// Calls of registries that will be asked for one after the other, and the answers of those that were made
/// before that: several at once, so that a hundred images do not cost a hundred round trips.
///
/// Never more answers are kept than calls are made at once.
struct AnnouncedCalls {
    private var waiting: [RegistryCall] = []
    private var answers: [RegistryCall.Identity: Result<RegistryAnswer, RegistryError>] = [:]

    /// - Parameter calls: In the order in which they will be asked for, before what was announced earlier.
    mutating func announce(_ calls: [RegistryCall]) {
        waiting = calls + waiting
    }

    /// The calls to make now, for one of them is asked for: that one and the next ones of its registry.
    ///
    /// None where it was not announced, or has been answered. Those that come before it will not be asked for
    /// any more.
    mutating func due(by call: RegistryCall, atMost count: Int) -> [RegistryCall] {
        guard answers[call.identity] == nil,
            let place = waiting.firstIndex(where: { $0.identity == call.identity })
        else { return [] }
        waiting.removeFirst(place)
        answers = [:]
        let due = waiting.prefix(count).prefix {
            $0.repository.registry == call.repository.registry
        }
        waiting.removeFirst(due.count)
        return Array(due)
    }

    mutating func keep(_ answer: Result<RegistryAnswer, RegistryError>, to call: RegistryCall) {
        answers[call.identity] = answer
    }

    /// The answer, once; nil where there is none yet.
    mutating func answer(
        to call: RegistryCall
    ) throws(RegistryError) -> RegistryAnswer? {
        try answers.removeValue(forKey: call.identity)?.get()
    }
}
