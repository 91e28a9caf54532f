import Testing

@Suite("Locks and descriptors that last")
struct RecordLockTests {
    @Test(
        "a POSIX lock taken before us is held through every attempt",
        arguments: [3, 9, 1, 2, 0, 100, 250], ["", "-a 1 ", "--retry-if-output x ", "-a 1 -O "])
    func lock(number: Int, options: String) throws {
        let run = try WrapperProcess.python(
            """
            import fcntl
            pid = os.fork()
            if pid == 0:
                file = os.open('lock', os.O_RDWR | os.O_CREAT)
                if file != \(number):
                    os.dup2(file, \(number))
                    os.close(file)
                os.set_inheritable(\(number), True)
                fcntl.lockf(\(number), fcntl.LOCK_EX)
                os.execv(R, [R] + '-q \(options)'.split() + ['sh', '-c', 'touch up; sleep $MARK'])
            wait_for('up')
            time.sleep(0.1)
            file = open('lock', 'r+')
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                print('lost')
            except OSError:
                print('held')
            os.kill(pid, signal.SIGTERM)
            os.waitpid(pid, 0)
            """)

        #expect(run.output == "held\n")
    }

    @Test("600 descriptors fit under a limit of 1024, each at its number, in every attempt")
    func many() throws {
        let run = try WrapperProcess.python(
            """
            import resource
            resource.setrlimit(resource.RLIMIT_NOFILE, (1024, 1024))
            for number in range(600):
                os.set_inheritable(os.open('file%d' % number, os.O_RDWR | os.O_CREAT), True)
            look = 'for n in /proc/self/fd/*; do readlink $n; done | grep file | md5sum; exit 3'
            bare = subprocess.run(['bash', '-c', look], close_fds=False, stdout=subprocess.PIPE)
            ours = subprocess.run([R, '-q', '-a', '2', '-d', '0', 'bash', '-c', look], close_fds=False,
                stdout=subprocess.PIPE)
            print(ours.returncode, ours.stdout == 2 * bare.stdout)
            """)

        #expect(run.output == "3 True\n")
        #expect(run.error == "")
    }

    @Test("descriptors that have to change places do")
    func permuted() throws {
        let run = try WrapperProcess.bash(
            """
            for n in {3..9}; do echo $n >file$n; done
            exec 3<file3 4<file4 5<file5 6<file6 7<file7 8<file8 9<file9 63<file3 64<file4 200<file5
            $R -q sh -c 'for n in 3 4 5 6 7 8 9 63 64 200; do cat /proc/self/fd/$n; done' | tr -d "\\n"
            """)

        #expect(run.output == "3456789345")
    }

    @Test("hooks have the descriptors of the command on the last attempt too")
    func hooks() throws {
        let run = try WrapperProcess.bash(
            """
            $R -q -a 2 -d 0 --before-retry 'echo before >&3' --on-give-up 'echo after >&3' \\
                --success-if 'echo asked >&3; false' false 3>file
            cat file
            """)

        #expect(run.output == "asked\nbefore\nasked\nafter\n")
    }

    @Test("a hook on giving up has them where nothing else follows the last attempt")
    func lastHook() throws {
        let run = try WrapperProcess.bash(
            "$R -q -a 1 --on-give-up 'echo after >&3' false 3>file; cat file")

        #expect(run.output == "after\n")
    }

    @Test(
        "stdin that is an output as well is not wound back",
        arguments: ["0<>log 1>&0", "0<>log 2>&0 1>&2", "5<>log 0<&5 1>&5"])
    func inputIsOutput(redirections: String) throws {
        let run = try WrapperProcess.bash(
            """
            $R -q -d 0 sh -c 'echo attempt $RETRY_RUN_ATTEMPT; exit 1' \(redirections)
            cat log
            """)

        #expect(run.output == "attempt 1\nattempt 2\nattempt 3\n")
    }

    @Test("stdin that can be written, but nothing else is, is wound back")
    func inputIsWritable() throws {
        let run = try WrapperProcess.bash("echo x >file; $R -q -d 0 sh -c 'cat; exit 1' 0<>file")
        #expect(run.output == "x\nx\nx\n")
    }

    @Test("variables of service managers that name us name the command")
    func serviceVariables() throws {
        let run = try WrapperProcess.bash(
            """
            export LISTEN_FDS=1
            bash -c 'LISTEN_PID=$$ WATCHDOG_PID=$$ exec $R -q -a 2 -d 0 sh -c "
                echo \\$((LISTEN_PID == \\$\\$)) \\$((WATCHDOG_PID == \\$\\$)); exit 1"'
            LISTEN_PID=1 $R -q sh -c 'echo $LISTEN_PID'
            """)

        #expect(run.output == "1 1\n1 1\n1\n")
    }
}
