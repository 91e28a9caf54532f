/// What happens on the connection after a request.
package enum Delivery: Sendable {
    case answer(SandboxAnswer)
    /// Byte by byte, with a pause before each.
    case slow(SandboxAnswer, milliseconds: Int64)
    /// The head and half of the body, then the end of the connection.
    case cut(SandboxAnswer)
    /// The end of the connection.
    case close
    /// Nothing, for ever.
    case silence

    /// What a fault leaves of a call that is not even done; nil when the fault lets it be done.
    init?(instead fault: Fault, of call: String, at service: ServiceName) {
        switch fault {
        case .refuse:
            self = .close
        case .hang:
            self = .silence
        case .status(let status, let retryAfter):
            let answer = SandboxAnswer(error: status, "a fault of the sandbox")
            self = .answer(retryAfter.map { answer.adding("Retry-After", $0) } ?? answer)
        case .html:
            let page = "<html><head><title>502 Bad Gateway</title></head></html>\n"
            self = .answer(SandboxAnswer(502, type: "text/html", body: Array(page.utf8)))
        case .plaintext:
            self = .answer(
                SandboxAnswer(text: "upstream connect error or disconnect/reset before headers"))
        case .frozen where call == "create":
            self = .answer(
                SandboxAnswer(405, text: "This log has been frozen, please use another one"))
        case .conflict where call != "create":
            self = .answer(SandboxAnswer(error: 409, "a fault of the sandbox"))
        default:
            return nil
        }
    }

    /// What a fault makes of the answer.
    init(_ answer: SandboxAnswer, after fault: Fault?) {
        switch fault {
        case .drop: self = .close
        case .cut: self = .cut(answer)
        case .slow(let milliseconds): self = .slow(answer, milliseconds: milliseconds)
        default: self = .answer(answer)
        }
    }
}
