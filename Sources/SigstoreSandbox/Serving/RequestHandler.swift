import NIOCore
import NIOHTTP1

/// Gathers each request of a connection, and has it delivered.
final class RequestHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let service: ServiceName
    private let sandbox: @Sendable () -> Sandbox?
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []
    private var isTooLarge = false

    /// More than any service takes, in bytes.
    static let limit = 8 << 20
    /// What the registry takes, for the layers of images.
    private static let registryLimit = 64 << 20

    init(service: ServiceName, sandbox: @escaping @Sendable () -> Sandbox?) {
        self.service = service
        self.sandbox = sandbox
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = []
            isTooLarge = false
        case .body(let part):
            let limit = service == .registry ? Self.registryLimit : Self.limit
            isTooLarge = isTooLarge || body.count + part.readableBytes > limit
            if !isTooLarge { body += part.readableBytesView }
            closeBeforeTheEnd(context.channel)
        case .end:
            answer(on: context.channel)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    /// A balancer that closes does not wait for the end of a body.
    private func closeBeforeTheEnd(_ channel: any Channel) {
        guard let limit = sandbox()?.settings.bodyLimit(of: service), limit.answer == .close,
            body.count > limit.bytes
        else { return }
        answer(on: channel)
        head = nil
    }

    private func answer(on channel: any Channel) {
        guard let head, let sandbox = sandbox() else { return channel.close(promise: nil) }
        let writer = AnswerWriter(
            channel: channel, keepsAlive: head.isKeepAlive, omitsBody: head.method == .HEAD,
            clock: sandbox.clock)
        guard !isTooLarge else {
            return writer.deliver(.answer(SandboxAnswer(error: 413, "the request is too large")))
        }
        let headers = head.headers.map { ($0.name.lowercased(), $0.value) }
        let request = SandboxRequest(
            method: head.method.rawValue, target: head.uri,
            // RFC 9110 §5.2: lines of one name are one list.
            headers: Dictionary(headers) { "\($0), \($1)" }, body: body)
        writer.deliver(sandbox.deliver(request, to: service))
    }
}
