import Testing

@Suite("Many files at once")
struct BatchTests {
    /// `f10` to `f29`.
    private static let files = "for n in $(seq 10 29); do echo $n >f$n; done; "

    @Test("the last line counts, results come in the order of the inputs, entries are one each")
    func batch() throws {
        let run = try signing(
            "sandbox --checkpoint-interval=0.5; " + Self.files
                + "sign --parallel 8 f*; echo $?; entries; calls fulcio certificate",
            limit: .seconds(180))
        let lines = run.error.split(separator: "\n")

        #expect(run.output == "0\n20\n1\n")
        #expect(lines.count == 21)
        #expect(lines.last == "retry-run: signed 20 of 20")
        let names = lines.dropLast().map { $0.split(separator: " ")[2] }
        #expect(names == (10...29).map { "f\($0)" })
    }

    @Test("one file's permanent error does not end the nineteen others; the worst code counts")
    func onePermanentError() throws {
        let run = try signing(
            "sandbox 'rekor-v2/create:7=400'; " + Self.files
                + """
                sign --parallel 8 -R report f*; echo $?; entries; ls f*.json | wc -l
                field report result; field report exit_code
                python3 -c '
                import json
                files = json.load(open("report"))["files"]
                print(sum(file["signed"] for file in files), [file["file"] for file in files] == sorted(
                    file["file"] for file in files))'
                """, limit: .seconds(180))

        #expect(run.output == "1\n19\n19\nrefused\n1\n19 True\n")
        #expect(run.error.contains("signed 19 of 20"))
    }

    @Test("a dead log is asked about as often for twenty files as for one, and all are pending")
    func deadLog() throws {
        let run = try signing(
            "sandbox 'rekor-v2/create:1-=503'; " + Self.files
                + """
                sign -q --resume f10; one=$(calls rekor-v2 create); faults 'rekor-v2/create:1-=503'
                rm *.pending.json
                sign --resume --parallel 8 f*; echo $?
                echo $(($(calls rekor-v2 create) * 2 <= one * 3)); ls *.pending.json | wc -l
                faults ''; finish --parallel 8; echo $?; entries; ls f*.sigstore.json | wc -l
                """, limit: .seconds(180))

        #expect(run.output == "69\n1\n20\n0\n20\n20\n", "\(run.error)")
        #expect(run.error.contains("signed 0 of 20; 20 pending"))
        #expect(run.error.contains("signed 20 of 20"))
    }

    @Test("Retry-After holds back every file, and none is given up for it")
    func retryAfter() throws {
        let run = try signing(
            "sandbox 'rekor-v2/create:3=429:1'; " + Self.files
                + "sign -q -a 2 --parallel 8 f*; echo $?; entries", limit: .seconds(180))

        #expect(run.output == "0\n20\n", "\(run.error)")
    }

    @Test(
        "a number of files at once that is none is refused", arguments: ["0", "-1", "x", "", "1e3"])
    func parallel(value: String) throws {
        let run = try signing(
            "sandbox; sign --parallel='\(value)' app; echo $?; calls fulcio total")

        #expect(run.output == "125\n0\n")
        #expect(run.error.contains("--parallel"))
    }

    @Test(
        "every fault befalls a batch of twenty, and each file has its one entry",
        arguments: [
            "503", "html502", "refuse", "cut", "commit-then-drop", "plaintext", "conflict",
        ],
        [1, 2])
    func faults(fault: String, log: Int) throws {
        // An answer that cannot be read is asked for once more: no file may get two of them.
        let calls = fault == "plaintext" ? [4] : [4, 8, 12]
        let plans = calls.map { "'rekor-v\(log)/create:\($0)=\(fault)'" }
        let run = try signing(
            "LOG=\(log); sandbox 'tsa:3=503' \(plans.joined(separator: " ")); " + Self.files
                // One file may get all three of them.
                + "sign -q -a 4 --parallel 8 f*; echo $?; entries; "
                + "for f in f??; do verify -q $f || echo bad $f; done", limit: .seconds(180))

        #expect(run.output == "0\n20\n", "\(run.error)")
    }
}
