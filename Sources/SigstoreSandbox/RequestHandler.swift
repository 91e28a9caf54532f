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

    /// More than any service takes.
    private static let limit = 8 << 20

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
            isTooLarge = isTooLarge || body.count + part.readableBytes > Self.limit
            if !isTooLarge { body += part.readableBytesView }
        case .end:
            answer(on: context.channel)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func answer(on channel: any Channel) {
        guard let head, let sandbox = sandbox() else { return channel.close(promise: nil) }
        let writer = AnswerWriter(
            channel: channel, keepsAlive: head.isKeepAlive, clock: sandbox.clock)
        guard !isTooLarge else {
            return writer.deliver(.answer(SandboxAnswer(error: 413, "the request is too large")))
        }
        let headers = head.headers.map { ($0.name.lowercased(), $0.value) }
        let request = SandboxRequest(
            method: head.method.rawValue, target: head.uri,
            headers: Dictionary(headers) { $1 }, body: body)
        writer.deliver(sandbox.deliver(request, to: service))
    }
}
