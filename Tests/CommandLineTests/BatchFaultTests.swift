import Testing

/// One of each kind of fault on every service, with the real binary; all kinds are in
/// `BatchFaultMatrixTests`.
@Suite("Faults of every service in a batch")
struct BatchFaultTests {
    @Test(
        "each befalls issuer, Fulcio, timestamp authority and log, and twenty files are signed",
        arguments: ["503", "refuse", "cut", "plaintext", "hang", "commit-then-drop"], [1, 2])
    func kinds(fault: String, log: Int) throws {
        let run = try signing(
            """
            LOG=\(log); export GITHUB_ACTIONS=true
            sandbox issuer/token:1=\(fault) fulcio/certificate:1=\(fault) \
                tsa/timestamp:5=\(fault) rekor-v$LOG/create:9=\(fault)
            export ACTIONS_ID_TOKEN_REQUEST_URL=$(ready ACTIONS_ID_TOKEN_REQUEST_URL)
            export ACTIONS_ID_TOKEN_REQUEST_TOKEN=$(ready ACTIONS_ID_TOKEN_REQUEST_TOKEN)
            for n in $(seq 10 29); do echo $n >f$n; done
            $R sign -q $(trust) $(quick) --parallel 8 f*; echo $?; entries; ls f*.sigstore.json | wc -l
            """, limit: .seconds(180))

        #expect(run.output == "0\n20\n20\n", "\(run.error)")
    }
}
