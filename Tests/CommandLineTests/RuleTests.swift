import Testing

@Suite("Retry rules")
struct RuleTests {
    /// The number of attempts out of 2 that a script gets under some options.
    private func attempts(_ options: String, _ script: String) throws -> Int {
        let run = try WrapperProcess.bash(
            "$R -q -a 2 -d 0 \(options) sh -c 'echo >>log; \(script)' >/dev/null 2>&1; wc -l <log")
        return try #require(Int(run.output.filter(\.isNumber)))
    }

    @Test("by default any failure is retried", arguments: ["exit 1", "exit 255", "kill -KILL $$"])
    func byDefault(script: String) throws {
        #expect(try attempts("", script) == 2)
    }

    @Test(
        "126 and 127 are not retried by default, whoever returns them",
        arguments: ["exit 126", "exit 127"])
    func stopByDefault(script: String) throws {
        #expect(try attempts("", script) == 1)
    }

    @Test(
        "--retry-on lists all that is retried",
        arguments: [
            ("--retry-on 75", "exit 75", 2), ("--retry-on 75", "exit 1", 1),
            ("--retry-on 1,5-9", "exit 7", 2), ("--retry-on 1,5-9", "exit 4", 1),
            ("--retry-on SEGV", "kill -SEGV $$", 2), ("--retry-on 1", "kill -SEGV $$", 1),
            ("--retry-on sigsegv", "kill -SEGV $$", 2), ("--retry-on 139", "kill -SEGV $$", 1),
        ])
    func retryOn(options: String, script: String, expected: Int) throws {
        #expect(try attempts(options, script) == expected)
    }

    @Test(
        "--stop-on ends the run, also against --retry-on",
        arguments: [
            ("--stop-on 3", "exit 3", 1), ("--stop-on 3", "exit 4", 2),
            ("--stop-on 3 --retry-on 3", "exit 3", 1), ("--stop-on 3", "exit 127", 2),
            ("--stop-on KILL", "kill -KILL $$", 1), ("--stop-on 127 --retry-on 127", "exit 127", 1),
        ])
    func stopOn(options: String, script: String, expected: Int) throws {
        #expect(try attempts(options, script) == expected)
    }

    @Test(
        "--retry-on makes exceptions to the default of --stop-on",
        arguments: [
            ("--retry-on 127", "exit 127", 2), ("--retry-on 127", "exit 126", 1),
            ("--retry-on 100-200", "exit 126", 2),
            ("--retry-on 127 --stop-if-output gone", "echo gone; exit 127", 1),
        ])
    func exceptions(options: String, script: String, expected: Int) throws {
        #expect(try attempts(options, script) == expected)
    }

    @Test("--retry-on spawn: a command that is not there yet is waited for")
    func spawn() throws {
        let run = try WrapperProcess.bash(
            "$R -q -d 0 --retry-on spawn --before-retry 'cp /bin/true late' ./late")

        #expect(run.exitCode == 0)
    }

    @Test(
        "a timeout is retried unless --stop-on lists it",
        arguments: [
            ("", 2), ("--retry-on 75", 2), ("--retry-if-output x", 2), ("--stop-on timeout", 1),
        ])
    func timeout(options: String, expected: Int) throws {
        #expect(try attempts("-t 600ms \(options)", "sleep 5") == expected)
    }

    @Test(
        "--retry-if-output restricts what is retried",
        arguments: [
            ("--retry-if-output busy", "echo so busy; exit 1", 2),
            ("--retry-if-output busy", "echo so busy >&2; exit 1", 2),
            ("--retry-if-output busy", "echo idle; exit 1", 1),
            ("--retry-if-output busy --retry-if-output late", "echo late; exit 1", 2),
            ("--retry-if-output busy --retry-on 9", "exit 9", 2),
            ("--retry-if-output ^busy$", "printf \"a\\nbusy\\nb\"; exit 1", 2),
            ("--retry-if-output a.*b", "printf \"a\\nb\\n\"; exit 1", 1),
            ("--retry-if-stdout busy", "echo busy >&2; exit 1", 1),
            ("--retry-if-stdout busy", "echo busy; exit 1", 2),
            ("--retry-if-stderr busy", "echo busy >&2; exit 1", 2),
            ("--retry-if-output-stderr busy", "echo busy; exit 1", 1),
        ])
    func retryIfOutput(options: String, script: String, expected: Int) throws {
        #expect(try attempts(options, script) == expected)
    }

    @Test(
        "--stop-if-output ends the run, also against a retry rule",
        arguments: [
            ("--stop-if-output fatal", "echo fatal; exit 1", 1),
            ("--stop-if-output fatal", "echo other; exit 1", 2),
            ("--stop-if-output fatal --retry-if-output fatal", "echo fatal; exit 1", 1),
            ("--stop-if-output fatal --retry-on 1", "echo fatal >&2; exit 1", 1),
            ("--stop-if-stderr fatal", "echo fatal; exit 1", 2),
            ("--stop-if-stdout fatal", "echo fatal; exit 1", 1),
        ])
    func stopIfOutput(options: String, script: String, expected: Int) throws {
        #expect(try attempts(options, script) == expected)
    }

    @Test("a match is looked for in the last 1 MiB of a stream, to its last unfinished line")
    func lastMebibyte() throws {
        let flood = "head -c 2000000 /dev/zero | tr \"\\0\" \"\\n\""
        #expect(try attempts("--retry-if-output busy", "\(flood); printf busy; exit 1") == 2)
        #expect(try attempts("--retry-if-output busy", "echo busy; \(flood); exit 1") == 1)
    }

    @Test("output of an earlier attempt decides nothing later")
    func freshTail() throws {
        let script = "[ $RETRY_RUN_ATTEMPT = 1 ] && echo busy; exit 1"
        let run = try WrapperProcess.bash(
            "$R -q -a 5 -d 0 --retry-if-output busy sh -c 'echo >>log; \(script)'; wc -l <log")

        #expect(run.output == "busy\n2\n")
    }
}
