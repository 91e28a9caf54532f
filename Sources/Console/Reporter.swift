import Glibc

/// Everything that is said on stderr. A stderr that is full or closed is not an error, and what is
/// quoted from elsewhere cannot draw on a terminal.
package struct Reporter {
    private let isQuiet: Bool
    private let isTerminal: Bool
    private let isAlone: Bool
    private let write: (String) -> Void
    private let draw: (String) -> Void

    /// - Parameters:
    ///   - isTerminal: stderr is a terminal that this process may draw on.
    ///   - isAlone: Nothing else writes there, so that every line may take the place of what was drawn.
    ///   - write: Writes to stderr.
    ///   - draw: The same for what is worth nothing later.
    package init(
        isQuiet: Bool = false, isTerminal: Bool = false, isAlone: Bool = false,
        write: @escaping (String) -> Void = Self.writeDirectly,
        draw: @escaping (String) -> Void = Self.writeDirectly
    ) {
        self.isQuiet = isQuiet
        self.isTerminal = isTerminal
        self.isAlone = isAlone
        self.write = write
        self.draw = draw
    }

    /// - Parameter told: The pause that was asked for.
    package func attemptFailed(
        _ number: Int, of attempts: Int?, reason: String, next: Duration?, told: Duration? = nil
    ) {
        var pause = next.map { "; next in \(durationText($0))" } ?? ""
        if let told, let next {
            pause += told == next ? ", as told" : ", told \(durationText(told))"
        }
        say("attempt \(position(number, attempts)) failed: \(reason)\(pause)")
    }

    package func gaveUp(after attempts: Int, because reason: String) {
        say("giving up after \(attempts) attempt\(attempts == 1 ? "" : "s"): \(reason)")
    }

    package func recovered(on number: Int, of attempts: Int?) {
        say("succeeded on attempt \(position(number, attempts))")
    }

    package func note(_ text: String) {
        say(text)
    }

    /// What somebody has to do before the run can go on; said even when quiet.
    ///
    /// Shown as it is: an address that is to be opened has random parts.
    package func ask(_ text: String) {
        writeLine(text, isGuarded: false)
    }

    package func warn(_ text: String) {
        say("warning: \(text)")
    }

    /// A warning that is said even when quiet.
    package func insist(_ text: String) {
        writeLine("warning: \(text)")
    }

    /// Errors are said even when quiet.
    package func fail(_ text: String) {
        writeLine("error: \(text)")
    }

    /// The way out of the error before it.
    package func hint(_ text: String) {
        say("hint: \(text)")
    }

    /// A line as it is, without our name before it: an annotation for a CI system, a bundle.
    package func writeVerbatim(_ line: String) {
        write(line + "\n")
    }

    private func position(_ number: Int, _ attempts: Int?) -> String {
        attempts.map { "\(number) of \($0)" } ?? "\(number)"
    }

    private func say(_ text: String) {
        if !isQuiet { writeLine(text) }
    }

    private func writeLine(_ text: String, isGuarded: Bool = true) {
        if isAlone { endProgress() }
        write("retry-run: \(printable((isGuarded ? withoutSecrets(text) : text).utf8))\n")
    }

    package static func writeDirectly(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            _ = Glibc.write(2, bytes.baseAddress, bytes.count)
        }
    }
}

// MARK: - The line that erases itself

extension Reporter {
    /// True when stderr is a terminal that knows how to erase a line.
    package static var canDraw: Bool {
        guard isatty(2) == 1, let kind = getenv("TERM") else { return false }
        return !["", "dumb"].contains(String(cString: kind))
    }

    package var showsProgress: Bool { isTerminal && !isQuiet }

    /// Shows a line over the one that was shown before.
    package func showProgress(_ text: String) {
        draw("\rretry-run: \(printable(text.utf8)) \u{1B}[K")
    }

    package func endProgress() {
        if showsProgress { write("\r\u{1B}[K") }
    }

    /// Shows the whole seconds that are left of a pause.
    package func countDown(_ left: Duration) {
        showProgress("next attempt in \(Int(left.inSeconds.rounded(.up))) s")
    }
}
