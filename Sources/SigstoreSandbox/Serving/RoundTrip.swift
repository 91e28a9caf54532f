import NIOCore

/// A network that is slow to answer: whatever arrives is handed on one round trip later.
///
/// What arrives first on a connection takes another one, that of TCP's own handshake. So a call takes
/// one round trip on a kept connection, two on a new one, and three on a new one over TLS 1.3.
final class RoundTrip: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let duration: TimeAmount
    /// Before this, nothing is handed on.
    private var earliest: NIODeadline?

    init(_ duration: Duration) {
        self.duration = .nanoseconds(Int64(duration / .nanoseconds(1)))
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let now = context.eventLoop.now
        let due = max(now + duration, earliest ?? now + duration + duration)
        earliest = due
        let bytes = unwrapInboundIn(data)
        let context = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(deadline: due) {
            context.value.fireChannelRead(NIOAny(bytes))
            context.value.fireChannelReadComplete()
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {}
}
