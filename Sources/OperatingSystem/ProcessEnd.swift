import CLinux
import Glibc

/// Ends this process at once: what an unwinding thread would cost is not worth it.
package func endProcess(code: Int32) -> Never {
    write_profile()
    _exit(code)
}

/// Ends this process as a signal ends one by default, without a core file: there may be secrets in it.
///
/// As process 1, which no signal of its own ends, and for signals that do not end a process, it
/// exits with 128 + n.
package func endProcess(bySignal number: Int32) -> Never {
    write_profile()
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    _ = setrlimit(coreFileSize, &none)
    _ = process_control(PR_SET_DUMPABLE, 0)
    var byDefault = kernel_sigaction()
    _ = kernel_sigaction(number, &byDefault, nil)
    var bits: UInt = 1 << UInt(number - 1)
    _ = kernel_sigprocmask(SIG_UNBLOCK, &bits, nil)
    raise(number)
    _exit(128 + number)
}

/// `RLIMIT_CORE`
private let coreFileSize = __rlimit_resource_t(4)
