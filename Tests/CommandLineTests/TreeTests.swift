import Testing

@Suite("Process tree", .serialized)
struct TreeTests {
    @Test(
        "a timed-out attempt leaves no descendant behind",
        arguments: [
            "sleep $MARK & sleep $MARK",
            "setsid sleep $MARK & sleep $MARK",
            "(sleep $MARK & exec true) & wait; sleep $MARK",
            "setsid bash -c 'setsid sleep $MARK & exit' & sleep $MARK",
            "(trap '' TERM; sleep $MARK; sleep $MARK) & sleep $MARK",
            "setsid bash -c 'trap \"\" TERM HUP; sleep $MARK; sleep $MARK' & sleep $MARK",
            "kill -STOP $$; sleep $MARK",
            "(sleep $MARK & kill -STOP $!; wait) & sleep $MARK",
        ])
    func descendants(script: String) throws {
        let run = try WrapperProcess.bash(
            """
            export script="\(script.replacing("$", with: "\\$").replacing("\"", with: "\\\""))"
            $R -a 1 -t 500ms -k 500ms bash -c "$script"
            """)

        #expect(run.exitCode == 124)
        #expect(run.survivors == 0)
        #expect(run.duration < .milliseconds(2500))
    }

    @Test("a descendant that ends its own children in a trap gets the grace it needs")
    func cleanup() throws {
        let run = try WrapperProcess.bash(
            """
            $R -a 1 -t 300ms -k 3s bash -c 'trap "sleep 0.3; echo cleaned; exit 1" TERM; sleep $MARK & wait'
            """)

        #expect(run.output == "cleaned\n")
        #expect(run.exitCode == 124)
        #expect(run.duration < .milliseconds(1500))
    }

    @Test("a descendant outside the group that cleans up gets the grace as well")
    func detachedCleanup() throws {
        let run = try WrapperProcess.bash(
            """
            export MARK
            $R -a 1 -t 1s -k 3s bash -c '
                setsid bash -c "trap \\"sleep 0.3; echo cleaned; exit\\" TERM; sleep $MARK & wait" &
                sleep $MARK'
            """)

        #expect(run.output == "cleaned\n")
        #expect(run.survivors == 0)
    }

    @Test("a failure leaves background processes alone")
    func backgroundStays() throws {
        let run = try WrapperProcess.bash(
            "$R -a 2 -d 0 bash -c 'sleep $MARK >/dev/null 2>&1 & exit 1'; code=$?; sleep 0.1; exit $code"
        )

        #expect(run.exitCode == 1)
        #expect(run.survivors == 2)
        #expect(run.duration < .seconds(1))
    }

    @Test("a success leaves background processes alone")
    func backgroundStaysAfterSuccess() throws {
        let run = try WrapperProcess.bash("$R -t 5s bash -c 'sleep $MARK & exit 0'; sleep 0.1")

        #expect(run.survivors == 1)
        #expect(run.duration < .seconds(1))
    }

    @Test("what was there before the attempt is spared")
    func spared() throws {
        let run = try WrapperProcess.bash(
            "sh -c 'sleep $MARK & exec $R -a 2 -d 0 -t 300ms -k 300ms sleep 1234'")

        #expect(run.exitCode == 124)
        #expect(run.survivors == 1)
    }

    @Test("a background process of a failed attempt is spared by the timeout of a later one")
    func earlierAttempt() throws {
        let run = try WrapperProcess.bash(
            """
            $R -a 2 -d 0 -t 500ms -k 300ms bash -c '
                [ $RETRY_RUN_ATTEMPT = 2 ] && exec sleep 1234; sleep $MARK & exit 1'
            """)

        #expect(run.exitCode == 124)
        #expect(run.survivors == 1)
    }

    @Test("a wrapper that is killed takes the command with it")
    func wrapperKilled() throws {
        let run = try WrapperProcess.python(
            """
            p = start('-t 60s', 'touch up; exec sleep $MARK')
            wait_for('up')
            p.kill()
            print(result(p))
            until(lambda: not marked(), 1)
            """)

        #expect(run.output == "SIGKILL\n")
        #expect(run.exitCode == 0)
        #expect(run.survivors == 0)
    }

    @Test("orphans of the command are reaped while it runs")
    func orphansReaped() throws {
        let run = try WrapperProcess.bash(
            """
            $R -a 1 bash -c '
                for n in 1 2 3 4 5; do (sleep 0.05 & exec true); done; sleep 0.4
                grep -l "^State:.Z" /proc/[0-9]*/status 2>/dev/null | xargs -r grep -l "^PPid:.$PPID\\$"
                true'
            """)

        #expect(run.output == "")
    }
}
