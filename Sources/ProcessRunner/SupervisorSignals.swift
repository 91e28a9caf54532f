import CLinux
import Glibc

extension Supervisor {
    /// Acts on every signal that has arrived.
    func handleSignals() {
        let suspendedBefore = suspended
        for arrival in signals.arrivals() {
            switch arrival.signal {
            case .child: reapAndFollow()
            // What resumed us has taken back a stop that was read together with the command's.
            case .terminalStop where suspended > suspendedBefore: break
            case .terminalStop: suspendIfAsked(arrival)
            case .backgroundRead, .backgroundWrite: break
            case .resume: resumeCommand()
            default: receive(arrival)
            }
        }
    }

    private func receive(_ arrival: SignalStream.Arrival) {
        let signal = arrival.signal
        let isSecond = signal == .terminate && wasTerminated
        if signal == .terminate { wasTerminated = true }
        if Signal.stopRequests.contains(signal) { stopRequest = stopRequest ?? signal }
        guard let run, run.isAlive else { return }
        forward(arrival)
        if isSecond {
            if run.teardown == nil { beginTeardown(.stopRequest, now: now) }
            self.run?.teardown?.killNow(now)
        } else if (signal == .terminate || signal == .hangUp) && run.teardown == nil {
            beginTeardown(.stopRequest, now: now)
        }
    }

    /// Hands a signal on, unless the kernel has given it to the whole group and the command is in
    /// it.
    private func forward(_ arrival: SignalStream.Arrival) {
        guard let run, run.isAlive else { return }
        if let group = run.child.group {
            if kill(-group, arrival.signal.rawValue) == 0 { return }
        } else if arrival.isFromKernel, run.hasJoined {
            return
        }
        _ = kill(run.child.id, arrival.signal.rawValue)
    }

    /// Ctrl-Z reaches the command as well, and we stop when it has; a command in a group of its
    /// own is stopped here, and resumed where our own stop is discarded.
    private func suspendIfAsked(_ arrival: SignalStream.Arrival) {
        guard let run, run.isAlive else { return suspend(with: arrival.signal) }
        forward(arrival)
        guard run.child.group != nil else { return }
        suspend(with: arrival.signal)
        resumeCommand()
    }

    private func suspend(with signal: Signal) {
        let start = SuspendingClock.now
        signals.suspendProcess(with: signal)
        suspended += start.duration(to: .now)
    }

    private func resumeCommand() {
        guard let run, run.isAlive else { return }
        if let group = run.child.group {
            _ = kill(-group, SIGCONT)
        } else if ProcessTree.isStopped(run.child.id) {
            _ = kill(run.child.id, SIGCONT)
        }
    }

    /// Reaps whatever has ended: the command, and orphans that fell to us.
    private func reapAndFollow() {
        if run?.isAlive == true, run?.child.group == nil, let signal = run?.child.newlyStopped() {
            suspend(with: signal)
        }
        var info = siginfo_t()
        while waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0, siginfo_pid(&info) != 0 {
            let id = siginfo_pid(&info)
            if run?.isAlive == true, run?.child.id == id, let status = run?.child.reap() {
                run?.status = status
                run?.endedAt = now
            } else {
                _ = waitid(P_PID, id_t(id), &info, WEXITED | WNOHANG)
            }
            info = siginfo_t()
        }
    }

    func beginTeardown(_ cause: Teardown.Cause, now: Instant) {
        guard let run else { return }
        var teardown = Teardown(
            cause, of: run.tree, gracePeriod: run.ending.gracePeriod, now: now)
        if cause == .timeLimit { teardown.ask(run.child, with: run.ending.signal, now: now) }
        self.run?.teardown = teardown
    }
}
