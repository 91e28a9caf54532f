import JSON
import TUF
import Testing

@Suite struct CanonicalJSONTests {
    private func canonical(_ text: String) throws -> String {
        let node = try JSONNode(parsing: Array(text.utf8))
        return try String(decoding: CanonicalJSON.encode(node), as: UTF8.self)
    }

    @Test("members stand in the order of their code points, without spaces")
    func order() throws {
        #expect(
            try canonical(#"{ "b": [1, 2], "a": { }, "B": true, "_": null, "": false }"#)
                == #"{"":false,"B":true,"_":null,"a":{},"b":[1,2]}"#)
        // U+FF5E before U+1F600, which UTF-16 would put first.
        #expect(try canonical(#"{"😀":1,"～":2,"é":3,"z":4}"#) == #"{"z":4,"é":3,"～":2,"😀":1}"#)
    }

    @Test("only the backslash and the quote are escaped")
    func strings() throws {
        #expect(try canonical(#""a\n\t\u0001\/\"\\é""#) == "\"a\n\t\u{1}/\\\"\\\\é\"")
    }

    @Test("integers are written in full, and other numbers refused")
    func numbers() throws {
        #expect(
            try canonical("[0,-1,9223372036854775807,-9223372036854775808]")
                == "[0,-1,9223372036854775807,-9223372036854775808]")
        #expect(throws: JSONError.self) { try canonical("[0.5]") }
        #expect(throws: JSONError.self) { try canonical("9223372036854775808") }
    }
}
