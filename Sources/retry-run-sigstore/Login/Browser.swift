import CLinux
import Glibc

/// A browser that was started to show a page, or the program that passes the page on to one.
struct Browser: ~Copyable {
    /// Readable once it has ended; -1 where that cannot be watched.
    let descriptor: Int32
    private let process: pid_t

    /// Starts the first that there is of the commands of `$BROWSER`, else `xdg-open`.
    ///
    /// - Parameters:
    ///   - page: What to show, an https URL.
    ///   - variable: `$BROWSER`: commands with `:` between them, in each of which `%s` is the page;
    ///     one without gets it as its last word.
    /// - Returns: nil where none can be started.
    init?(showing page: String, variable: String?) {
        let commands = variable.flatMap { $0.isEmpty ? nil : $0 } ?? "xdg-open"
        for command in commands.split(separator: ":") {
            var words = command.split(separator: " ").map { String($0).replacing("%s", with: page) }
            guard !words.isEmpty else { continue }
            if !command.contains("%s") { words.append(page) }
            if let process = Program.start(words) {
                self.process = process
                descriptor = process_descriptor(process)
                return
            }
        }
        return nil
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Whether it has ended in a way that says that it shows nothing.
    borrowing func hasFailed() -> Bool {
        var status: Int32 = 0
        return waitpid(process, &status, WNOHANG) == process && status != 0
    }
}
