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
                ["'root.json': threshold not met: 1 valid signature, 2 required by role root"]
            ),
            (
                .rollback(file: "timestamp.json", found: 3, trusted: 4),
                ["rollback of 'timestamp.json' to version 3, trusted version is 4"]
            ),
            (
                .wrongLength(file: "snapshot.json", found: 5, listed: 6),
                ["length mismatch of 'snapshot.json': 6 bytes listed, got 5"]
            ),
            (
                .expired(file: "root.json", at: time, now: time + 1),
                ["'root.json' expired at 2023-11-14T22:13:20Z, it is now 2023-11-14T22:13:21Z"]
            ),
            (.unsafeName("../x"), ["the target '../x' has an unsafe name"]),
        ])
    func texts(error: TUFError, texts: [String]) {
        for text in texts { #expect("\(error)".contains(text), "\(error)") }
    }
}
