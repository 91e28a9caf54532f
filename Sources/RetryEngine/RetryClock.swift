/// Time as the engine sees it: an instant, and a pause that something may cut short.
package protocol RetryClock<Instant> {
    associatedtype Instant: InstantProtocol where Instant.Duration == Duration

    var now: Instant { get }

    /// Waits for `duration`; false when a signal or a cancellation ended the pause early.
    ///
    /// Also called with `.zero`, so that a loop without pauses can be ended too.
    func pause(for duration: Duration) -> Bool
}
