import CLinux
import Glibc

extension Supervisor {
    /// Acts on every signal that has arrived.
    func handleSignals() {
        let arrivals = signals.arrivals()
        if arrivals.isEmpty { return }
        let suspendedBefore = suspended
        var isTold = false
        if let sentinel = run?.child.sentinel, arrivals.contains(where: { $0.signal != .child }) {
            isTold = run?.groupSignals.update(from: sentinel) == true
        }
        // A stop that came later would have taken back what resumed us.
        let isResumed =
            arrivals.contains { $0.signal == .resume }
            && !arrivals.contains { Signal.stops.contains($0.signal) }
        for arrival in arrivals {
            let wentToGroup =
                isTold
                ? run?.groupSignals.take(arrival.signal) == true : reachesGroup(arrival)
            switch arrival.signal {
            case .child: reapAndFollow(isResumed: isResumed)
            // What resumed us has taken back a stop that was read together with the command's.
            case let signal where Signal.stops.contains(signal) && suspended > suspendedBefore:
                break
            case let signal where Signal.stops.contains(signal): stop(signal, wentToGroup)
            case .resume: resume(wentToGroup)
            default: receive(arrival.signal, wentToGroup)
            }
        }
    }

    /// Without a sentinel: what the kernel sends goes to the group in the foreground, but for timers'
    /// signals, and for a hang-up where we lead the session. Before the command has joined it, it
    /// missed that.
    private func reachesGroup(_ arrival: SignalStream.Arrival) -> Bool {
        guard arrival.isFromKernel, run?.hasJoined == true else { return false }
        if Signal.timers.contains(arrival.signal) { return false }
        return arrival.signal != .hangUp || getsid(0) != getpid()
    }

    /// timeout(1) sends what it sends twice: to its child and to the group that it is in.
    private static let oneRequest = Duration.milliseconds(50)

    private func receive(_ signal: Signal, _ wentToGroup: Bool) {
        let isSecond =
            signal == .terminate
            && terminatedAt.map { $0.duration(to: now) > Self.oneRequest } == true
        if signal == .terminate { terminatedAt = terminatedAt ?? now }
        // Nothing runs that could answer to a timer.
        let endsPause = run == nil && Signal.timers.contains(signal)
        if Signal.stopRequests.contains(signal) || endsPause {
            stopRequest = stopRequest ?? signal
        }
        guard let run, run.isAlive else { return }
        forward(signal, wentToGroup)
        if isSecond {
            if run.teardown == nil { beginTeardown(.stopRequest, now: now) }
            self.run?.teardown?.killNow(now)
        } else if run.teardown == nil {
            let startsGrace =
                run.isHook
                ? Signal.stopRequests.contains(signal) : signal == .terminate || signal == .hangUp
            if startsGrace { beginTeardown(.stopRequest, now: now) }
        }
    }

    /// Hands a signal on, unless it has gone to our whole group and the command is in it.
    ///
    /// It may be in another by now (`timeout`, `setsid`, a shell with job control): then what went to
    /// our group goes to that one, and what was sent to us alone to the command alone. The group that
    /// we made for a command without a terminal gets everything.
    private func forward(_ signal: Signal, _ wentToGroup: Bool) {
        guard let run, run.isAlive else { return }
        self.run?.received.insert(signal)
        let command = run.child.id
        let group = getpgid(command)
        if group == getpgrp() {
            if wentToGroup { return }
        } else if group > 0, wentToGroup || group == run.child.group {
            if kill(-group, signal.rawValue) == 0 { return }
        }
        _ = kill(command, signal.rawValue)
    }

    /// A signal that stops whoever does not handle it. It is the command that decides: we stop when it
    /// has.
    private func stop(_ signal: Signal, _ wentToGroup: Bool) {
        guard let run else {
            suspend(with: signal)
            return
        }
        // Meant for a command that has come to its end.
        if !run.isAlive { return }
        self.run?.forwardedStop = signal
        if !wentToGroup, ProcessTable.handles(run.child.id, signal) {
            _ = kill(run.child.id, signal.rawValue)
        } else {
            // In another session the kernel discards it.
            let isElsewhere = getsid(run.child.id) != getsid(0)
            forward(isElsewhere ? .stop : signal, wentToGroup)
        }
    }

    private func resume(_ wentToGroup: Bool) {
        _ = noteStopByOthers()
        terminal?.noteForeground(isOfAttempt: isGroupOfRun)
        run?.forwardedStop = nil
        guard let run, run.isAlive else { return }
        forward(.resume, wentToGroup)
        if ProcessTree.mayBeStopped(run.child.id) { _ = kill(run.child.id, SIGCONT) }
    }

    /// True for the process group of something that the run has started.
    func isGroupOfRun(_ group: pid_t) -> Bool {
        run?.tree.descendants().contains { getpgid($0.id) == group } == true
    }

    /// Stops our whole group as the kernel does for a read of the terminal from the background; true when
    /// we have been resumed. To us it gives an error, for SIGTTIN is blocked.
    ///
    /// False where the command would get the error as well: SIGTTIN was ignored or blocked at entry, or the
    /// group is orphaned.
    func stopForTerminal() -> Bool {
        let signal = Signal.backgroundRead
        if entry.ignored.contains(signal) || entry.blocked.contains(signal) { return false }
        _ = kill(0, signal.rawValue)
        return suspend(with: signal)
    }

    /// False where our stop is discarded.
    @discardableResult
    private func suspend(with signal: Signal) -> Bool {
        let start = SuspendingClock.now
        let holder = terminal?.foregroundGroup
        let wasStopped = signals.suspendProcess(with: signal)
        suspended += start.duration(to: .now)
        _ = guardian?.stopTime()
        guard let run, run.isAlive else { return wasStopped }
        let group = getpgid(run.child.id)
        if let terminal, holder == group, group != getpgrp(), terminal.isForeground {
            terminal.setForegroundGroup(group)
        }
        // Where our stop is discarded nobody would resume the command.
        if !wasStopped {
            self.run?.forwardedStop = nil
            forward(.resume, false)
        }
        return wasStopped
    }

    /// Counts the time for which somebody else had stopped us (SIGSTOP), as the guardian saw it; false
    /// when nobody has.
    private func noteStopByOthers() -> Bool {
        guard let since = guardian?.stopTime() else { return false }
        suspended += since.duration(to: .now)
        return true
    }

    /// Reaps whatever has ended: the command, and orphans that fell to us.
    ///
    /// - Parameter isResumed: We were stopped ourselves and have been resumed. A command that stopped
    ///   meanwhile was stopped with us, most likely by the guardian: it goes on as we do.
    private func reapAndFollow(isResumed: Bool) {
        if let run, run.isAlive, let signal = run.child.newlyStopped() {
            let wasStoppedByOthers = noteStopByOthers()
            if isResumed {
                // It is woken with the signal that resumed us.
            } else if wasStoppedByOthers {
                if run.child.group == nil { _ = kill(run.child.id, SIGCONT) }
            } else if run.child.group == nil {
                suspend(with: run.forwardedStop ?? signal)
            } else if let forwarded = run.forwardedStop {
                suspend(with: forwarded)
            }
        }
        var info = siginfo_t()
        while waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0, siginfo_pid(&info) != 0 {
            let id = siginfo_pid(&info)
            if run?.isAlive == true, run?.child.id == id, let status = run?.child.reap() {
                noteEnd(status)
            } else {
                _ = waitid(P_PID, id_t(id), &info, WEXITED | WNOHANG)
                run?.child.noteEnd(of: id)
                if guardian?.id == id { guardian?.noteEnd() }
            }
            info = siginfo_t()
        }
    }

    /// A signal that was sent to us and has killed the command was meant to end the run.
    private func noteEnd(_ status: ExitStatus) {
        run?.status = status
        run?.endedAt = now
        if case .signalled(let signal) = status, run?.received.contains(signal) == true {
            stopRequest = stopRequest ?? signal
        }
    }

    func beginTeardown(_ cause: Teardown.Cause, now: Instant) {
        guard let run else { return }
        var teardown = Teardown(
            cause, of: run.tree, leavesNothing: cause == .timeLimit || run.isHook,
            gracePeriod: run.termination.gracePeriod, now: now)
        if teardown.leavesNothing {
            teardown.ask(run.child, with: run.termination.signal, now: now)
        }
        self.run?.teardown = teardown
    }
}
