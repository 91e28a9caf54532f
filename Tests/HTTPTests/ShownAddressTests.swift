import HTTP
import Testing

@Suite("Addresses in messages")
struct ShownAddressTests {
    @Test(
        "user, password and query are left out, and nothing else",
        arguments: [
            ("https://a.example", "https://a.example"),
            ("https://a.example/", "https://a.example/"),
            ("https://u:p@a.example:8080/b", "https://a.example:8080/b"),
            ("https://u@p@a.example", "https://a.example"),
            ("https://token@a.example/b@c", "https://a.example/b@c"),
            ("https://a.example/b?key=s", "https://a.example/b"),
            ("https://u:p@[::1]:1/b?c@d", "https://[::1]:1/b"),
            ("maintainer@example.com", "maintainer@example.com"), ("", ""), ("://", "://"),
        ])
    func shown(address: String, text: String) {
        #expect(shownAddress(address) == text)
    }
}
