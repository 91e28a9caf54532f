import Console
import HTTP
import OpenIDConnect
import OperatingSystem
import RetryEngine
import Sigstore

/// The person at this machine, who is asked to log in.
struct Interaction: LoginInteraction {
    enum Way {
        /// A browser here, else one anywhere that shows a code.
        case browser
        /// Another device, with a code that is shown here.
        case device
    }

    let reporter: Reporter
    /// Ends every wait once there is something to read from it.
    let cancellation: Int32?
    /// See `Browser`.
    var browser = environmentVariable("BROWSER")
    var terminal = "/dev/tty"

    /// Who asks that person for an identity token.
    ///
    /// - Parameters:
    ///   - issuer: Its URL, such as `https://oauth2.sigstore.dev/auth`.
    ///   - clock: The client's; its pauses are those between the polls of a device.
    func provider<Clock: RetryClock<ContinuousClock.Instant>>(
        _ way: Way, issuer: String, clientID: String = "sigstore", client: HTTPClient<Clock>,
        clock: Clock
    ) -> any IdentityProvider<ContinuousClock.Instant> {
        switch way {
        case .browser:
            BrowserLogin(
                issuer: issuer, clientID: clientID, client: client, clock: clock,
                interaction: self)
        case .device:
            DeviceLogin(
                issuer: issuer, clientID: clientID, client: client, clock: clock, show: show)
        }
    }

    func browse(
        until deadline: ContinuousClock.Instant, isAwaited: @escaping @Sendable (String) -> Bool,
        page: (_ redirectURI: String) -> String
    ) -> LoginInput {
        let listener: RedirectListener
        do {
            listener = try RedirectListener(isAwaited)
        } catch {
            return .unavailable(reason: "cannot listen for a browser: \(error)")
        }
        defer { listener.stop() }
        let page = page(listener.redirectURI)
        guard let browser = Browser(showing: page, variable: browser) else {
            return .unavailable(reason: "no browser can be started")
        }
        reporter.ask("opening this page in a browser to log in: \(page)")
        var watched = [cancellation ?? -1, listener.descriptor, browser.descriptor]
        while true {
            switch firstReady(of: watched, until: deadline) {
            case nil: return .timedOut
            case 0: return .cancelled
            case 1: return .text(listener.query ?? "")
            default:
                if browser.hasFailed() { return .unavailable(reason: "the browser has failed") }
                // It has passed the page on to one that runs.
                watched[2] = -1
            }
        }
    }

    func askForCode(page: String, until deadline: ContinuousClock.Instant) -> LoginInput {
        do throws(TerminalInput.Unavailable) {
            let terminal = try TerminalInput(terminal)
            reporter.ask("no browser comes back; open this page anywhere to log in: \(page)")
            reporter.ask("then enter the code that it shows:")
            return terminal.line(until: deadline, cancellation: cancellation)
        } catch {
            return .unavailable(reason: "there is no terminal to enter a code: \(error.reason)")
        }
    }

    private func show(_ prompt: DevicePrompt) {
        reporter.ask("open this page to log in: \(prompt.pageWithCode ?? prompt.page)")
        let purpose =
            prompt.pageWithCode == nil ? "and enter the code there" : "which shows the code"
        reporter.ask("\(purpose): \(prompt.userCode)")
    }
}
