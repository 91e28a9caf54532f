import NIOCore
import NIOHTTP1

/// Answers the requests of one connection, each of which ends with its answer.
final class VisitHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let visit: Visit
    private var head: HTTPRequestHead?

    init(_ visit: Visit) {
        self.visit = visit
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body: break
        case .end: answer(on: context.channel)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func answer(on channel: any Channel) {
        let target = (head?.uri ?? "").split(
            separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let query = target.dropFirst().first.map(String.init) ?? ""
        let isCallback =
            head?.method == .GET && target.first.map(String.init) == RedirectListener.path
        let isVisit = isCallback && visit.isAwaited(query)
        let body = ByteBuffer(
            string: isVisit ? Self.page : isCallback ? "Not of this login\n" : "Not Found\n")
        let headers: HTTPHeaders = [
            "Content-Type": isVisit ? "text/html; charset=utf-8" : "text/plain; charset=utf-8",
            "Content-Length": "\(body.readableBytes)", "Cache-Control": "no-store",
            // A connection that stays open would be waited for.
            "Connection": "close",
        ]
        let status: HTTPResponseStatus = isVisit ? .ok : isCallback ? .badRequest : .notFound
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
        channel.write(HTTPServerResponsePart.head(head), promise: nil)
        channel.write(HTTPServerResponsePart.body(.byteBuffer(body)), promise: nil)
        // Only then: whoever waits for the visit closes the port.
        channel.writeAndFlush(HTTPServerResponsePart.end(nil)).whenComplete { [visit] _ in
            if isVisit { visit.take(query) }
            channel.close(promise: nil)
        }
    }

    /// Whether the login has worked is not known yet.
    private static let page = """
        <!DOCTYPE html>
        <html lang="en">
        <meta charset="utf-8">
        <title>retry-run</title>
        <p>The answer has reached retry-run, which goes on in its terminal. This page can be closed.
        </html>

        """
}
