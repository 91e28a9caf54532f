import Glibc

/// Whether a terminal is that of our job, so that what is typed there is for us; of what is no terminal
/// everything is.
package func isInForeground(_ terminal: Int32) -> Bool {
    let group = tcgetpgrp(terminal)
    return group < 0 || group == getpgrp()
}
