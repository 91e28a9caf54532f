import Glibc
import NIOCore

/// Answers a client's first words with something else than a handshake.
final class BrokenHandshake: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = IOData

    private let fault: HandshakeFault

    init(_ fault: HandshakeFault) {
        self.fault = fault
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch fault {
        case .alert(let number):
            // RFC 8446 §5.1, §6: a record of two bytes, a fatal alert.
            end(context, after: [0x15, 0x03, 0x03, 0, 2, 2, number])
        case .http:
            let answer = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"
            end(context, after: Array(answer.utf8))
        case .reset:
            // Nothing is waited for: what the kernel sends is a reset.
            let channel = context.channel
            let options = channel as? any SocketOptionProvider
            options?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
                .whenComplete { _ in channel.close(promise: nil) }
        case .hang:
            break
        default:
            context.close(promise: nil)
        }
    }

    private func end(_ context: ChannelHandlerContext, after bytes: [UInt8]) {
        context.writeAndFlush(wrapOutboundOut(.byteBuffer(ByteBuffer(bytes: bytes))), promise: nil)
        context.close(promise: nil)
    }
}

/// Lets half of the first answer through, and ends the connection.
final class HalfAnswer: ChannelOutboundHandler {
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    private var isOver = false

    func write(
        context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?
    ) {
        guard !isOver, case .byteBuffer(var bytes) = unwrapOutboundIn(data),
            let half = bytes.readSlice(length: bytes.readableBytes / 2), half.readableBytes > 0
        else { return }
        isOver = true
        context.writeAndFlush(wrapOutboundOut(.byteBuffer(half)), promise: nil)
        context.close(promise: nil)
    }
}
