import Testing

@Suite("Namespaces", .serialized)
struct NamespaceTests {
    @Test(
        "without a loopback interface every attempt runs, and nothing else is said",
        .enabled(if: Capability.networkNamespace))
    func withoutLoopback() throws {
        let run = try WrapperProcess.bash(
            "timeout 20 unshare -n $R -q -d 0 sh -c 'echo $RETRY_RUN_ATTEMPT; exit 3'")

        #expect(run.output == "1\n2\n3\n")
        #expect(run.error == "")
        #expect(run.exitCode == 3)
    }

    @Test(
        "125: without /proc nothing is run, and the reason is said",
        .enabled(if: Capability.mountNamespace))
    func withoutProc() throws {
        let run = try WrapperProcess.bash(
            #"""
            timeout 20 unshare -m sh -c 'mount -t tmpfs none /proc; exec $R touch was-run'
            echo $?; ls
            """#)

        #expect(run.output == "125\n")
        #expect(run.error.contains("/proc"))
        #expect(run.error.filter { $0 == "\n" }.count == 1)
    }

    @Test(
        "as process 1 a stop request ends in 128 + n, in an attempt and in a pause",
        .enabled(if: Capability.processNamespace),
        arguments: [("SIGTERM", 143), ("SIGINT", 130)])
    func processOne(name: String, code: Int) throws {
        let run = try WrapperProcess.python(
            """
            for script in 'touch up; exec sleep $MARK', 'touch up; exit 1':
                p = subprocess.Popen(['unshare', '-pf', '--mount-proc', R, '-d', '30s', 'bash', '-c', script])
                wait_for('up')
                time.sleep(0.2)
                children = open('/proc/%d/task/%d/children' % (p.pid, p.pid)).read().split()
                os.kill(int(children[0]), signal.\(name))
                print(result(p), marked())
                os.remove('up')
            """)

        #expect(run.output == "\(code) []\n\(code) []\n")
    }

    @Test(
        "as process 1 a death by signal is 128 + n", .enabled(if: Capability.processNamespace))
    func processOneSignalled() throws {
        let run = try WrapperProcess.bash(
            "timeout 20 unshare -pf --mount-proc $R -a 1 -q sh -c 'kill -SEGV $$'")

        #expect(run.exitCode == 139)
    }

    @Test(
        "as process 1 every orphan is reaped, during an attempt and in a pause",
        .enabled(if: Capability.processNamespace))
    func reaped() throws {
        let run = try WrapperProcess.bash(
            """
            timeout 20 unshare -pf --mount-proc $R -q -a 2 -d 500ms bash -c '
                grep -l "^State:.Z" /proc/[0-9]*/status
                for n in 1 2 3 4 5; do (sleep 0.1 & exec true); (sleep 0.7 & exec true); done
                sleep 0.5
                grep -l "^State:.Z" /proc/[0-9]*/status
                exit 1'
            """)

        #expect(run.output == "")
        #expect(run.exitCode == 1)
    }

    @Test(
        "as process 1 a timed-out attempt leaves no descendant behind",
        .enabled(if: Capability.processNamespace))
    func tree() throws {
        let run = try WrapperProcess.bash(
            """
            timeout 20 unshare -pf --mount-proc $R -a 2 -d 0 -t 500ms -k 300ms bash -c '
                grep -lx sleep /proc/[0-9]*/comm; setsid sleep $MARK & sleep $MARK'
            """)

        #expect(run.output == "")
        #expect(run.exitCode == 124)
        #expect(run.survivors == 0)
    }
}
