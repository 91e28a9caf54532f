import Foundation
import Testing

@Suite("The answer of verify")
struct VerifyAnswerTests {
    private func object(_ text: String) throws -> [String: Any] {
        let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
        return try #require(value as? [String: Any])
    }

    @Test("for machines a yes is an object with all that was shown")
    func yes() throws {
        let run = try verifying("$R verify artifact.txt $WHO $TRUST --output json")
        let answer = try object(run.output)

        #expect(run.exitCode == 0)
        #expect(answer["verified"] as? Bool == true)
        #expect(answer["artifact"] as? String == "artifact.txt")
        #expect(answer["identity"] as? String == "release@example.com")
        #expect(answer["issuer"] as? String == "https://accounts.example.com")
        let entries = try #require(answer["entries"] as? [[String: Any]])
        #expect(entries.map { $0["index"] as? Int } == [5])
        #expect(entries.map { $0["kind"] as? String } == ["hashedrekord 0.0.2"])
        let times = try #require(answer["times"] as? [[String: Any]])
        #expect(times.map { $0["time"] as? String } == ["2026-01-15T12:00:05Z"])
        #expect(times.map { $0["source"] as? String } == ["timestamp"])
    }

    @Test("for machines a no is an object with the step, the class and the sentence")
    func no() throws {
        let run = try verifying(
            """
            $R verify artifact.txt --bundle $V/rejected/checkpoint-origin-other.sigstore.json \
            $WHO $TRUST --output json
            """)
        let answer = try object(run.output)

        #expect(run.exitCode == 1)
        #expect(run.error == "")
        #expect(answer["verified"] as? Bool == false)
        #expect(answer["step"] as? Int == 6)
        #expect(answer["class"] as? String == "tlog-proof")
        #expect(try #require(answer["message"] as? String).contains("origin"))
    }

    @Test(
        "the report is the same object, and one that cannot be written does not change the answer")
    func report() throws {
        let run = try verifying(
            """
            echo old >report
            answer=$($R verify artifact.txt $WHO $TRUST --output json -R report)
            [ "$answer" = "$(cat report)" ] && echo same
            $R verify artifact.txt $WHO $TRUST -q --report report; ls
            $R verify artifact.txt $WHO $TRUST --report none/report >log; echo $?
            """)

        #expect(
            run.output == "same\nartifact.txt\nartifact.txt.sigstore.json\nreport\n0\n")
        #expect(
            run.error
                == "retry-run: warning: the report was not written: none/report: no such file or directory\n"
        )
    }

    @Test("a full stdout is not a yes")
    func fullOutput() throws {
        let run = try verifying("$R verify artifact.txt $WHO $TRUST >/dev/full")

        #expect(run.exitCode == 125)
        #expect(run.error == "retry-run: error: cannot write to stdout: no space left on device\n")
    }

    @Test("nothing in a bundle can draw on the terminal")
    func controlCharacters() throws {
        let run = try verifying(
            #"""
            sed -i 's/"mediaType": *"[^"]*"/"mediaType":"\\u001b[2J"/' artifact.txt.sigstore.json
            $R verify artifact.txt $WHO $TRUST
            """#)

        #expect(run.exitCode == 1)
        #expect(run.error.contains(#"media type '\x1b[2J'"#))
    }
}
