import SigningCrypto

/// One address before all logs of Rekor v2: it takes entries, and has no checkpoint and no tiles.
///
/// The same bytes always go to the same log, so a log knows what it was sent before.
final class SandboxLogAlias: SandboxEndpoint {
    private let logs: [SandboxRekorV2]

    init(_ logs: [SandboxRekorV2]) {
        self.logs = logs
    }

    func call(of request: SandboxRequest) -> String? {
        let call = logs[0].call(of: request)
        return call == "create" ? call : nil
    }

    func reply(
        _ call: String, _ request: SandboxRequest, fault: Fault?
    ) throws -> SandboxReply {
        let choice = Int(Digest(of: request.body).bytes[0]) % logs.count
        return try logs[choice].reply(call, request, fault: fault)
    }
}
