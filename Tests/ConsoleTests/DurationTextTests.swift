import Console
import RetryEngine
import Testing

@Suite("Duration text")
struct DurationTextTests {
    @Test(
        "a duration is read from numbers with units, in any order and as often as one likes",
        arguments: [
            ("10", Duration.seconds(10)), ("1.5", .milliseconds(1500)), ("0", .zero),
            ("0s", .zero), ("007", .seconds(7)), ("1.5s", .milliseconds(1500)),
            ("500ms", .milliseconds(500)), ("0.5ms", .microseconds(500)), ("2m", .seconds(120)),
            ("1h", .seconds(3600)), ("2d", .seconds(172_800)), ("1m30s", .seconds(90)),
            ("1d2h3m4s5ms", .milliseconds(93_784_005)), ("1h5ms", .milliseconds(3_600_005)),
            ("0.1s", .milliseconds(100)), ("1.5h30s", .seconds(5430)),
            ("9223372036s", .seconds(9_223_372_036)), (".5", .milliseconds(500)),
            ("5.", .seconds(5)), ("1e3", .seconds(1000)), ("1e3s", .seconds(1000)),
            ("2.34e+1d", .seconds(2_021_760)), ("5E-1m", .seconds(30)), ("+1", .seconds(1)),
            ("100us", .microseconds(100)), ("1\u{b5}s", .microseconds(1)),
            ("1\u{3bc}s", .microseconds(1)), ("10ns", .nanoseconds(10)), ("1w", .seconds(604_800)),
            ("1s1m", .seconds(61)), ("1s1s", .seconds(2)), ("1ms1s", .milliseconds(1001)),
            ("1e-3s500us", .microseconds(1500)), ("0e99999999999999999999", .zero),
            ("0.00", .zero), ("00000000000000000000000000000000000000000000000000001", .seconds(1)),
        ])
    func reads(text: String, duration: Duration) {
        #expect(Duration(text: text) == duration)
    }

    @Test(
        "anything else is not a duration",
        arguments: [
            "", " ", "s", "ms", "-1", "-1s", " 1", "1 ", "1 s", "1s ", "1,5s", "1.2.3", "1..2", ".",
            "e3", "1e", "1e+", "1e3e3", ".s", "nan", "0x10", "1min", "1S", "1M", "1m30", "1m30.",
            "1h,5m", "1٣", "٣s", "½", "1sm", "1m-5s", "1wd", "infinite", "-inf", "1µ", "1sinf",
        ])
    func refuses(text: String) {
        #expect(Duration(text: text) == nil)
    }

    @Test(
        "a duration that no clock can wait for is the longest that one can",
        arguments: [
            "9223372037", "9223372036.9", "106752d", "106751d24h", "99999999999999999999999999",
            "1e999999999999999999999", "1e300w", "inf", "Infinity",
            String(repeating: "9", count: 10_000),
        ])
    func overflow(text: String) {
        #expect(Duration(text: text) == .longest)
    }

    @Test(
        "a duration that is not zero is a nanosecond at least",
        arguments: [
            "1e-99999999999999999999", "0.1ns", "1e-30d",
            "0." + String(repeating: "0", count: 99) + "1",
        ])
    func underflow(text: String) {
        #expect(Duration(text: text) == .nanoseconds(1))
    }

    @Test(
        "a duration is shown in the unit that fits",
        arguments: [
            (Duration.zero, "0 s"), (.nanoseconds(1), "1 ms"), (.milliseconds(1), "1 ms"),
            (.milliseconds(500), "500 ms"), (.milliseconds(999), "999 ms"),
            (.microseconds(999_600), "1 s"), (.seconds(1), "1 s"), (.seconds(5), "5 s"),
            (.milliseconds(1400), "1.4 s"), (.milliseconds(1449), "1.4 s"),
            (.milliseconds(1450), "1.5 s"), (.milliseconds(59_940), "59.9 s"),
            (.milliseconds(59_960), "1m"), (.seconds(60), "1m"), (.seconds(90), "1m30s"),
            (.seconds(120), "2m"), (.milliseconds(90_500), "1m31s"), (.seconds(3600), "1h"),
            (.seconds(3900), "1h5m"), (.seconds(3605), "1h5s"), (.seconds(90_061), "1d1h1m1s"),
            (.seconds(-5), "-5 s"),
        ])
    func shows(duration: Duration, text: String) {
        #expect(durationText(duration) == text)
    }

    @Test("whole seconds that are shown are read again")
    func roundTrip() {
        for seconds in stride(from: 0, to: 1_000_000, by: 997) {
            let text = durationText(.seconds(seconds)).filter { $0 != " " }

            #expect(Duration(text: text) == .seconds(seconds))
        }
    }

    @Test("a duration is a number of seconds")
    func inSeconds() {
        #expect(Duration.milliseconds(7300).inSeconds == 7.3)
        #expect(Duration.seconds(111).inSeconds == 111)
        #expect(Duration.zero.inSeconds == 0)
    }
}
