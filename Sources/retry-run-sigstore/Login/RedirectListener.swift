import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

/// Where a browser is sent back to after a login: a free port of this machine, for one visit.
///
/// Any page and any program on this machine can visit it: what is not of the login is told so and
/// waited past.
///
/// It listens on `127.0.0.1`, and on `::1` where there is that, as `localhost` may be either.
///
/// Source: RFC 8252 §7.3.
final class RedirectListener {
    static let path = "/auth/callback"
    /// How many ports are tried that are free on `127.0.0.1` but not on `::1`.
    private static let tries = 10

    let redirectURI: String
    private let visit: Visit
    private let group: MultiThreadedEventLoopGroup

    /// - Parameter isAwaited: Whether a visit with that query is of the login.
    init(_ isAwaited: @escaping @Sendable (_ query: String) -> Bool) throws {
        visit = try Visit(isAwaited)
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            redirectURI = "http://localhost:\(try Self.listen(group, visit))\(Self.path)"
        } catch {
            try? group.syncShutdownGracefully()
            throw error
        }
    }

    /// Readable once a browser has come back.
    var descriptor: Int32 { visit.descriptor }

    /// The query that the browser came back with.
    var query: String? { visit.query }

    /// Closes the port, and all connections.
    func stop() {
        try? group.syncShutdownGracefully()
    }

    private static func listen(_ group: MultiThreadedEventLoopGroup, _ visit: Visit) throws -> Int {
        let bootstrap = ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(
                        withErrorHandling: true)
                    try channel.pipeline.syncOperations.addHandler(VisitHandler(visit))
                }
            }
        for _ in 1...tries {
            let channel = try bootstrap.bind(host: "127.0.0.1", port: 0).wait()
            guard let port = channel.localAddress?.port else { break }
            do {
                _ = try bootstrap.bind(host: "::1", port: port).wait()
            } catch let error as IOError where error.errnoCode == EADDRINUSE {
                // A browser might go to whoever has that port.
                try channel.close().wait()
                continue
            } catch {
                // This machine has no IPv6.
            }
            return port
        }
        throw IOError(errnoCode: EADDRINUSE, reason: "bind")
    }
}
