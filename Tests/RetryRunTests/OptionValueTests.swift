import Console
import ProcessRunner
import RetryEngine
import Testing

@testable import retry_run

@Suite("Values of the wrapper's options")
struct OptionValueTests {
    @Test("a signal is a name or its number, up to 64; 0 and EXIT are none")
    func signal() throws {
        for text in ["TERM", "sigterm", "15"] {
            #expect(try OptionValue.signal(text) == .terminate)
        }
        #expect(try OptionValue.signal("64") == Signal(64))
        for text in ["0", "EXIT", "exit"] { #expect(try OptionValue.signal(text) == .none) }
        for text in ["", "65", "-1", "TREM", "TERM,INT", " 15"] {
            #expect(throws: InvalidValue.self) { try OptionValue.signal(text) }
        }
    }

    @Test("a fleet has 1 to a million jobs")
    func fleet() throws {
        #expect(try OptionValue.fleet("1") == 1)
        #expect(try OptionValue.fleet("1000000") == 1_000_000)
        for text in ["", "0", "-1", "1000001", "1e3", "1.5", "9223372036854775808"] {
            #expect(throws: InvalidValue.self) { try OptionValue.fleet(text) }
        }
    }

    @Test("an outage lasts 30 days at most")
    func outage() throws {
        #expect(try OptionValue.outage("0") == .zero)
        #expect(try OptionValue.outage("30d") == .seconds(30 * 86_400))
        for text in ["30d1ns", "5w", "inf", "", "-1s"] {
            #expect(throws: InvalidValue.self) { try OptionValue.outage(text) }
        }
    }

    @Test("a code of giving up is one from 1 to 255, or a name of sysexits.h in any case")
    func giveUpCode() throws {
        for (text, code) in [("1", 1), ("255", 255), ("tempfail", 75), ("Unavailable", 69)] {
            #expect(try OptionValue.giveUpCode(text) == Int32(code))
        }
        let names = [
            "usage", "dataerr", "noinput", "nouser", "nohost", "unavailable", "software", "oserr",
            "osfile", "cantcreat", "ioerr", "tempfail", "protocol", "noperm", "config",
        ]
        #expect(try names.map(OptionValue.giveUpCode) == Array(64...78))
        // That of success among them.
        for text in ["0", "ok", "256", "-1", "", "EX_TEMPFAIL"] {
            #expect(throws: InvalidValue.self) { try OptionValue.giveUpCode(text) }
        }
    }

    @Test("a code that makes a success red is one from 1 to 255")
    func failureCode() throws {
        #expect(try OptionValue.failureCode("1") == 1)
        #expect(try OptionValue.failureCode("255") == 255)
        for text in ["0", "256", "-1", "", "tempfail"] {
            #expect(throws: InvalidValue.self) { try OptionValue.failureCode(text) }
        }
    }
}
