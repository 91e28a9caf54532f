import CLinux
import Glibc

/// A process of ours beside the command, made by its exec stage: a guardian or a sentinel.
final class Attendant {
    let id: pid_t
    let link: Int32
    private var hasEnded = false

    init(id: pid_t, link: Int32) {
        self.id = id
        self.link = link
    }

    deinit { end() }

    /// Somebody else has ended it, and it has been reaped.
    func noteEnd() { hasEnded = true }

    /// Tells a guardian that the command has ended.
    func dismiss() {
        var byte: UInt8 = 1
        _ = send(link, &byte, 1, Int32(MSG_NOSIGNAL))
    }

    /// When this process was stopped, as a guardian saw it, if it was since the last call.
    func stopTime() -> SuspendingClock.Instant? {
        var time = timespec()
        let size = MemoryLayout<timespec>.size
        var first: timespec?
        while recv(link, &time, size, Int32(MSG_DONTWAIT)) == size { first = first ?? time }
        guard let first else { return nil }
        var current = timespec()
        clock_gettime(CLOCK_MONOTONIC, &current)
        let seconds = Duration.seconds(current.tv_sec - first.tv_sec)
        return .now - seconds - .nanoseconds(current.tv_nsec - first.tv_nsec)
    }

    func resumeIfStopped() {
        var info = siginfo_t()
        guard waitid(P_PID, id_t(id), &info, WSTOPPED | WNOHANG) == 0, siginfo_pid(&info) == id
        else { return }
        _ = kill(id, SIGCONT)
    }

    /// Ends it and does not wait.
    func beginEnd() {
        if !hasEnded { _ = kill(id, SIGKILL) }
    }

    /// Ends it and waits until it is gone.
    func end() {
        if hasEnded { return }
        hasEnded = true
        _ = kill(id, SIGKILL)
        var info = siginfo_t()
        while waitid(P_PID, id_t(id), &info, WEXITED) < 0, errno == EINTR {}
        close(link)
    }
}

/// Where the exec stage holds an attendant; both fields are negative where there is none.
struct AttendantEnd {
    var id: Int32 = -1
    /// The end of the link that is meant for our parent.
    var link: Int32 = -1
}

/// Forks an attendant, which is a child of our parent, with descriptor 0 as its link and no other.
/// Returns when it has let go of everything that is meant for the command.
///
/// Runs in the exec stage: no arrays, no strings.
func startGuardian(of command: pid_t, mark: UnsafeMutablePointer<CChar>?) -> AttendantEnd {
    var end = AttendantEnd()
    let id = fork(&end)
    if id != 0 { return id > 0 ? confirmed(end) : end }
    // Out of our parent's group, so that it outlives a kill of that.
    _ = setpgid(0, 0)
    confirm()
    guardCommand(command, mark)
}

/// The same for a sentinel, which stays in our parent's group.
func startSentinel() -> AttendantEnd {
    var end = AttendantEnd()
    let id = fork(&end)
    if id != 0 { return id > 0 ? confirmed(end) : end }
    confirm()
    standSentinel()
}

private func fork(_ end: inout AttendantEnd) -> pid_t {
    guard let memory = malloc(2 * MemoryLayout<Int32>.size) else { return -1 }
    let ends = memory.assumingMemoryBound(to: Int32.self)
    if message_sockets(ends) != 0 { return -1 }
    let id = fork_sibling()
    if id == 0 {
        dup2(ends[1], 0)
        close_from(1)
        return 0
    }
    close(ends[1])
    if id < 0 {
        close(ends[0])
    } else {
        end.id = id
        end.link = ends[0]
    }
    return id
}

private func confirm() {
    var ready: UInt8 = 1
    _ = send(0, &ready, 1, Int32(MSG_NOSIGNAL))
}

private func confirmed(_ end: AttendantEnd) -> AttendantEnd {
    var ready: UInt8 = 0
    if recv(end.link, &ready, 1, 0) == 1 { return end }
    close(end.link)
    return AttendantEnd()
}
