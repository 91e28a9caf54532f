import JSON
import Sigstore
import TestSupport
import Testing

@Suite("Canonical JSON")
struct CanonicalJSONTests {
    private func canonical(_ value: JSONValue) -> String? {
        value.canonicalText.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("there is no white space, and members go by name")
    func members() {
        #expect(
            canonical(["b": [1, "x", .null], "a": .bool(true), "": [:]])
                == #"{"":{},"a":true,"b":[1,"x",null]}"#)
    }

    @Test("names go by UTF-16 code units, not by scalars (RFC 8785 §3.2.3)")
    func order() {
        #expect(
            canonical(["\u{20ac}": 1, "\r": 2, "\u{fb33}": 3, "1": 4, "\u{1f600}": 5, "\u{80}": 6])
                == "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"\u{20ac}\":1,\"\u{1f600}\":5,\"\u{fb33}\":3}")
    }

    @Test("only what must be escaped is, in the shortest form (RFC 8785 §3.2.2.2)")
    func strings() {
        #expect(
            canonical(
                "\u{20ac}$\u{0F}\u{0a}A'\u{42}\u{22}\u{5c}\\\"/\u{08}\u{09}\u{0c}\u{0d}\u{1F}\u{7F}"
            )
                == "\"\u{20ac}$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\\b\\t\\f\\r\\u001f\u{7F}\"")
    }

    @Test("a line break of two characters is escaped as two")
    func lineBreak() {
        #expect(canonical("a\r\nb") == #""a\r\nb""#)
    }

    @Test("texts that are equal in Unicode keep their own bytes")
    func noNormalisation() {
        #expect(JSONValue("e\u{301}").canonicalText == Array("\"e\u{301}\"".utf8))
        #expect(JSONValue("\u{e9}").canonicalText == Array("\"\u{e9}\"".utf8))
    }

    @Test(
        "an integer is exact up to 2^53, and beyond has no canonical form",
        arguments: [
            (Int64(0), true), (-7, true), (1 << 53, true), (-(1 << 53), true),
            ((1 << 53) + 1, false), (.min, false),
        ])
    func integers(number: Int64, isWritten: Bool) {
        #expect(canonical(.integer(number)) == (isWritten ? "\(number)" : nil))
    }

    @Test("a fraction has no canonical form here, at any depth")
    func fractions() {
        #expect(canonical(.number(0.5)) == nil)
        #expect(canonical(["a": [.number(0.5)]]) == nil)
    }
}
