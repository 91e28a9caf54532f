import Foundation
import HTTP
import OpenIDConnect
import Testing

@testable import Sigstore

@Suite("What is said of a failure")
struct ErrorTextTests {
    @Test(
        "a login that has not worked says whose and why",
        arguments: [
            (
                IdentityError.cannotLogIn(source: "the login at 'a'", reason: "no terminal"),
                "the login at 'a' is not possible: no terminal"
            ),
            (
                .loginExpired(source: "the login at 'a'"),
                "the login at 'a' took too long: its code has expired"
            ),
            (.cancelled(source: "the login at 'a'"), "the login at 'a' was cancelled"),
        ])
    func login(error: IdentityError, text: String) {
        #expect("\(error)" == text)
    }

    @Test(
        "what a log has sent is named as what it should have been",
        arguments: [
            (LogError.note("no empty line"), "malformed signed note: no empty line"),
            (.checkpoint("no size"), "malformed checkpoint: no size"),
            (.body("no kind"), "malformed entry: no kind"),
        ])
    func log(error: LogError, text: String) {
        #expect("\(error)" == text)
    }

    @Test("an address of a signing config that cannot be used is named by the kind of service")
    func address() {
        let error = SelectionError.address("certificate authority", .invalidURL(reason: "no host"))
        #expect("\(error)".hasPrefix("cannot use the certificate authority: "))
    }

    @Test("of two members that are mutually exclusive both are named")
    func members() {
        #expect("\(BundleError.notOne(of: ["a", "b"]))".contains("there must be exactly one of "))
    }
}
