import Console
import Glibc
import ProcessRunner
import Testing

@testable import retry_run

@Suite("Lists of ways to fail")
struct ConditionListTests {
    private static let missing = Completion.notStarted(
        ExecFailure(program: "x", errorNumber: ENOENT))
    private static let forbidden = Completion.notStarted(
        ExecFailure(program: "x", errorNumber: EACCES))

    private func signalled(_ name: String) throws -> Completion {
        .ended(.signalled(try #require(Signal(named: name))))
    }

    @Test("codes, ranges, signals and words stand beside each other, each for itself")
    func mixed() throws {
        let list = try ConditionList(text: "SEGV,1,timeout,5-9,RTMAX,spawn,KILL")

        for code: Int32 in 0...255 {
            #expect(list.matches(.ended(.exited(code))) == ([1, 5, 6, 7, 8, 9].contains(code)))
        }
        for name in Signal.words + ["RTMIN", "RTMAX"] {
            let isListed = ["SEGV", "KILL", "RTMAX"].contains(name)
            #expect(list.matches(try signalled(name)) == isListed, "\(name)")
        }
        #expect(list.matches(.timedOut(nil)))
        #expect(list.matches(Self.missing))
    }

    @Test(
        "a list has what it names, and nothing that is only like it",
        arguments: [
            ("0-255", .ended(.exited(0)), true), ("0-255", .ended(.exited(255)), true),
            ("7-7", .ended(.exited(7)), true), ("7-7", .ended(.exited(8)), false),
            // A number is a code, never a signal, nor what a shell makes of one.
            ("9,137", .ended(.signalled(.kill)), false), ("KILL", .ended(.exited(137)), false),
            ("0-255", .ended(.signalled(.kill)), false), ("0-255", .timedOut(.exited(1)), false),
            ("124", .timedOut(nil), false), ("TERM", .timedOut(.signalled(.terminate)), false),
            ("timeout", .ended(.exited(124)), false), ("timeout", missing, false),
            ("spawn", missing, true), ("spawn", forbidden, true),
            ("spawn", .ended(.exited(127)), false), ("spawn", .timedOut(nil), false),
            ("127", missing, true), ("127", forbidden, false), ("126", forbidden, true),
        ] as [(String, Completion, Bool)])
    func matches(text: String, completion: Completion, isListed: Bool) throws {
        #expect(try ConditionList(text: text).matches(completion) == isListed)
    }

    @Test(
        "a signal has several names, and is the same by all of them",
        arguments: [("usr1", "USR1"), ("SIGUSR1", "USR1"), ("rtmin+30", "RTMAX")])
    func names(text: String, same: String) throws {
        #expect(try ConditionList(text: text) == ConditionList(text: same))
    }

    @Test(
        "what is no code, range, signal or word is refused",
        arguments: [
            "", ",", "1,", ",1", "1,,2", " 1", "1, 2", "256", "-1", "99999999999", "1.5", "0x10",
            "9-5", "5-", "-5", "1-2-3", "5--9", "0-256", "1-SEGV", "TREM", "SIG", "RTMIN+31",
            "RTMAX+1", "timeouts", "Timeout", "SPAWN", "1;2",
        ])
    func refused(text: String) {
        #expect(throws: InvalidValue.self) { try ConditionList(text: text) }
    }

    @Test("the item that is wrong is named, not the list")
    func named() {
        let error = #expect(throws: InvalidValue.self) { try ConditionList(text: "1,9-5,SEGV") }

        #expect(error?.description.hasPrefix("'9-5' is not ") == true)
    }
}
