import CLinux
import Glibc
import Synchronization

/// Starts a thread that no signal reaches; false where there is no room for one.
package func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
    var (all, before) = (UInt.max, UInt(0))
    _ = kernel_sigprocmask(SIG_SETMASK, &all, &before)
    defer { _ = kernel_sigprocmask(SIG_SETMASK, &before, nil) }
    let task = Unmanaged.passRetained(ThreadTask(body))
    var thread = pthread_t()
    let result = pthread_create(
        &thread, nil,
        { argument in
            if let argument {
                Unmanaged<ThreadTask>.fromOpaque(argument).takeRetainedValue().body()
            }
            return nil
        }, task.toOpaque())
    guard result == 0 else {
        task.release()
        return false
    }
    pthread_detach(thread)
    return true
}

/// Does `work` on a thread of its own, which is left to itself once its answer is not wanted any more: for
/// what cannot be interrupted.
///
/// - Parameter goesOn: Asked every 20 ms.
/// - Returns: Nil once `goesOn` is false. Where there is no room for a thread the work is done here.
package func leavable<Answer: Sendable>(
    while goesOn: () -> Bool, _ work: @escaping @Sendable () -> Answer
) -> Answer? {
    guard let (reader, writer) = makePipe() else { return work() }
    defer { close(reader) }
    let place = AnswerPlace<Answer>()
    let isStarted = startThread {
        let answer = work()
        place.answer.withLock { $0 = answer }
        close(writer)
    }
    guard isStarted else {
        close(writer)
        return work()
    }
    while firstReady(of: [reader], until: .now + .milliseconds(20)) == nil {
        if !goesOn() { return nil }
    }
    return place.answer.withLock { $0 }
}

private final class ThreadTask {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

private final class AnswerPlace<Answer: Sendable>: Sendable {
    let answer = Mutex<Answer?>(nil)
}
