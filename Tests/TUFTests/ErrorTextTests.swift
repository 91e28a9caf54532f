import Foundation
import TUF
import Testing

@Suite("What is said of metadata")
struct ErrorTextTests {
    private static let time = Date(timeIntervalSince1970: 1_700_000_000)

    @Test(
        "every failure names the file and both sides",
        arguments: [
            (
                TUFError.belowThreshold(file: "root.json", role: .root, valid: 1, threshold: 2),
                ["'root.json' is signed by 1 of the ", " keys, needed are 2"]
            ),
            (
                .rollback(file: "timestamp.json", found: 3, trusted: 4),
                ["'timestamp.json' goes back to version 3, trusted is 4"]
            ),
            (
                .wrongLength(file: "snapshot.json", found: 5, listed: 6),
                ["'snapshot.json' has 5 bytes, listed are 6"]
            ),
            (
                .expired(file: "root.json", at: time, now: time + 1),
                ["'root.json' expired at 2023-11-14T22:13:20Z, now is 2023-11-14T22:13:21Z"]
            ),
            (.unsafeName("../x"), ["the target '../x' has a name that no file should have"]),
        ])
    func texts(error: TUFError, texts: [String]) {
        for text in texts { #expect("\(error)".contains(text), "\(error)") }
    }
}
