import NIOCore

/// TLS between a connection and those who answer on it.
final class TLSHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    private let session: TLSSession

    init(_ context: TLSContext) {
        session = context.session()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let (content, isOpen) = session.open(Array(unwrapInboundIn(data).readableBytesView))
        send(context, promise: nil)
        context.flush()
        if !content.isEmpty {
            context.fireChannelRead(wrapInboundOut(ByteBuffer(bytes: content)))
        }
        if !isOpen { context.close(promise: nil) }
    }

    func write(
        context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?
    ) {
        if case .byteBuffer(let bytes) = unwrapOutboundIn(data) {
            session.seal(Array(bytes.readableBytesView))
        }
        send(context, promise: promise)
    }

    func close(
        context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?
    ) {
        session.close()
        send(context, promise: nil)
        context.flush()
        context.close(mode: mode, promise: promise)
    }

    private func send(_ context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
        let bytes = ByteBuffer(bytes: session.takeOutgoing())
        context.write(wrapOutboundOut(.byteBuffer(bytes)), promise: promise)
    }
}
