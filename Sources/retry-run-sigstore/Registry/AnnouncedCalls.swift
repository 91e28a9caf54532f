import OCI

/// Calls of registries that will be asked for one after the other, and the answers of those that were made
/// before that: several at once, so that a hundred images do not cost a hundred round trips.
///
/// Of each announcement never more answers are kept than calls are made at once.
struct AnnouncedCalls {
    private typealias Identity = RegistryCall.Identity

    /// What was announced together. One that comes later is asked for before the rest of those before it.
    private struct Batch {
        var waiting: [RegistryCall]
        /// How often each is asked for.
        var uses: [Identity: Int]
        var answers: [Identity: Result<RegistryAnswer, RegistryError>] = [:]

        func place(of call: RegistryCall) -> Int? {
            waiting.firstIndex { $0.identity == call.identity }
        }
    }

    private var batches: [Batch] = []

    /// - Parameter calls: In the order in which they will be asked for, some of them several times.
    mutating func announce(_ calls: [RegistryCall]) {
        var uses: [Identity: Int] = [:]
        let waiting = calls.filter { call in
            uses[call.identity, default: 0] += 1
            return uses[call.identity] == 1
        }
        if !waiting.isEmpty { batches.append(Batch(waiting: waiting, uses: uses)) }
    }

    /// The calls to make now, for one of them is asked for: that one and the next ones of its registry.
    ///
    /// None where it was not announced, or has been made. What was to be asked for before it will not be any
    /// more.
    mutating func due(by call: RegistryCall, atMost count: Int) -> [RegistryCall] {
        guard !batches.contains(where: { $0.answers[call.identity] != nil }),
            let batch = batches.lastIndex(where: { $0.place(of: call) != nil }),
            let place = batches[batch].place(of: call)
        else { return [] }
        batches.removeLast(batches.count - batch - 1)
        batches[batch].waiting.removeFirst(place)
        batches[batch].answers = [:]
        let due = batches[batch].waiting.prefix(count).prefix {
            $0.repository.registry == call.repository.registry
        }
        batches[batch].waiting.removeFirst(due.count)
        return Array(due)
    }

    /// - Parameter call: One of those that were due last.
    mutating func keep(_ answer: Result<RegistryAnswer, RegistryError>, to call: RegistryCall) {
        guard let last = batches.indices.last else { return }
        batches[last].answers[call.identity] = answer
    }

    /// The answer, as often as its call was announced; nil where there is none yet.
    mutating func answer(
        to call: RegistryCall
    ) throws(RegistryError) -> RegistryAnswer? {
        guard let batch = batches.lastIndex(where: { $0.answers[call.identity] != nil }),
            let answer = batches[batch].answers[call.identity]
        else { return nil }
        batches[batch].uses[call.identity, default: 1] -= 1
        if batches[batch].uses[call.identity] == 0 { batches[batch].answers[call.identity] = nil }
        return try answer.get()
    }
}
