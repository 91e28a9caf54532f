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
    /// After that time, whatever is known then.
    indirect case waiting(Duration, then: @Sendable () -> Delivery)

    /// What a fault leaves of a call that is not even done; nil when the fault lets it be done.
    init?(
        instead fault: Fault, of call: String, at service: any SandboxEndpoint,
        _ request: SandboxRequest
    ) {
        switch fault {
        case .refuse:
            self = .close
        case .hang:
            self = .silence
        case .status(let status, let retryAfter):
            let answer = service.failure(status, of: call, request)
            self = .answer(retryAfter.map { answer.adding("Retry-After", $0) } ?? answer)
        case .html:
            let page = "<html><head><title>502 Bad Gateway</title></head></html>\n"
            self = .answer(SandboxAnswer(502, type: "text/html", body: Array(page.utf8)))
        case .noUpstream:
            self = .answer(SandboxAnswer(503, text: "no healthy upstream"))
        case .plaintext:
            self = .answer(
                SandboxAnswer(text: "upstream connect error or disconnect/reset before headers"))
        case .frozen where call == "create":
            self = .answer(
                SandboxAnswer(405, text: "This log has been frozen, please use another one"))
        case .conflict where call != "create":
            self = .answer(service.failure(409, of: call, request))
        case .registry(let fault):
            guard let answer = fault.answer else { return nil }
            self = .answer(answer)
        default:
            return nil
        }
    }

    /// What a fault makes of a call that is done, at once or after a time.
    init(after fault: Fault?, _ reply: () throws -> SandboxReply) {
        do {
            switch try reply() {
            case .now(let answer):
                self.init(answer, after: fault)
            case .later(let duration, let answer):
                self = .waiting(duration) {
                    Delivery(after: fault) { .now(try answer()) }
                }
            }
        } catch let refusal as Refusal {
            self.init(refusal.answer, after: fault)
        } catch {
            self.init(SandboxAnswer(error: 500, code: 13, "\(error)"), after: fault)
        }
    }

    private init(_ answer: SandboxAnswer, after fault: Fault?) {
        switch fault {
        case .drop: self = .close
        case .cut: self = .cut(answer)
        case .slow(let milliseconds): self = .slow(answer, milliseconds: milliseconds)
        default: self = .answer(answer)
        }
    }
}
