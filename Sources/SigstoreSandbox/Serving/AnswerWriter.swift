import NIOCore
import NIOHTTP1

/// Puts deliveries on a connection.
struct AnswerWriter {
    let channel: any Channel
    let keepsAlive: Bool
    /// Whether only the head is wanted (RFC 9110 §9.3.2).
    let omitsBody: Bool
    let clock: SandboxClock

    func deliver(_ delivery: Delivery) {
        switch delivery {
        case .answer(let answer):
            write(head(of: answer))
            if !omitsBody { write(.body(.byteBuffer(ByteBuffer(bytes: answer.body)))) }
            end()
        case .cut(let answer):
            write(head(of: answer))
            let half = ByteBuffer(bytes: answer.body.prefix(omitsBody ? 0 : answer.body.count / 2))
            channel.writeAndFlush(HTTPServerResponsePart.body(.byteBuffer(half)))
                .whenComplete { _ in channel.close(promise: nil) }
        case .slow(let answer, let milliseconds):
            channel.writeAndFlush(head(of: answer), promise: nil)
            drip(
                ByteBuffer(bytes: omitsBody ? [] : answer.body), pause: .milliseconds(milliseconds))
        case .close:
            channel.close(promise: nil)
        case .silence:
            break
        case .waiting(let duration, let then):
            channel.eventLoop.scheduleTask(in: .nanoseconds(Int64(duration / .nanoseconds(1)))) {
                deliver(then())
            }
        }
    }

    private func head(of answer: SandboxAnswer) -> HTTPServerResponsePart {
        var headers = HTTPHeaders(answer.headers)
        headers.add(name: "Content-Length", value: "\(answer.body.count)")
        headers.add(name: "Date", value: clock.now.httpDate)
        if !keepsAlive { headers.add(name: "Connection", value: "close") }
        return .head(
            HTTPResponseHead(
                version: .http1_1, status: HTTPResponseStatus(statusCode: answer.status),
                headers: headers))
    }

    private func write(_ part: HTTPServerResponsePart) {
        channel.write(part, promise: nil)
    }

    private func end() {
        let isWritten = channel.writeAndFlush(HTTPServerResponsePart.end(nil))
        if !keepsAlive { isWritten.whenComplete { _ in channel.close(promise: nil) } }
    }

    /// Sends the next byte after a pause, until none is left or the client is gone.
    private func drip(_ bytes: ByteBuffer, pause: TimeAmount) {
        channel.eventLoop.scheduleTask(in: pause) {
            var rest = bytes
            guard channel.isActive else { return }
            guard let byte = rest.readSlice(length: 1) else { return end() }
            channel.writeAndFlush(HTTPServerResponsePart.body(.byteBuffer(byte)), promise: nil)
            drip(rest, pause: pause)
        }
    }
}
