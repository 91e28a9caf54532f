import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// The sandbox on ports of 127.0.0.1.
package final class SandboxServer: Sendable {
    package let sandbox: Sandbox
    private let group: MultiThreadedEventLoopGroup
    private let listeners: [any Channel]

    /// Listens, then makes the services, whose URLs are their ports.
    ///
    /// `port` is that of the first service, and the others follow it; 0 takes any that are free.
    /// - Parameter tls: Without it, all is plain HTTP.
    package init(
        port: Int = 0, clock: SandboxClock = SandboxClock(), faults: [FaultPlan] = [],
        tls: SandboxTLS? = nil
    ) throws {
        let made = Slot(tls)
        group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        do {
            var ports: [ServiceName: Int] = [:]
            var listeners: [any Channel] = []
            for (offset, service) in ServiceName.allCases.enumerated() {
                let channel = try Self.listen(
                    Self.bootstrap(group, service, made), port: port == 0 ? 0 : port + offset)
                ports[service] = channel.localAddress?.port
                listeners.append(channel)
            }
            self.listeners = listeners
            sandbox = try Sandbox(
                addresses: SandboxAddresses(ports: ports, isTLS: tls != nil), clock: clock,
                faults: faults)
        } catch {
            try? group.syncShutdownGracefully()
            throw error
        }
        made.sandbox.withLock { [sandbox] in $0 = sandbox }
    }

    /// Serves until the process is ended by a signal.
    package func serve() throws {
        for listener in listeners { try listener.closeFuture.wait() }
    }

    /// Closes all connections.
    package func stop() throws {
        try group.syncShutdownGracefully()
    }

    /// Holds the sandbox for the ports, which are there before it.
    private final class Slot: Sendable {
        let sandbox = Mutex<Sandbox?>(nil)
        let tls: SandboxTLS?

        init(_ tls: SandboxTLS?) {
            self.tls = tls
        }
    }

    private static func listen(
        _ bootstrap: ServerBootstrap, port: Int
    ) throws -> any Channel {
        do {
            return try bootstrap.bind(host: SandboxAddresses.host, port: port).wait()
        } catch let error as IOError {
            throw SandboxServerError.port(port, reason: String(cString: strerror(error.errnoCode)))
        }
    }

    private static func bootstrap(
        _ group: MultiThreadedEventLoopGroup, _ service: ServiceName, _ slot: Slot
    ) -> ServerBootstrap {
        ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls = slot.tls {
                        let fault = slot.sandbox.withLock { $0 }?.beginHandshake(with: service)
                        try channel.pipeline.syncOperations.addHandlers(tls.handlers(fault))
                    }
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(
                        withErrorHandling: true)
                    try channel.pipeline.syncOperations.addHandler(
                        RequestHandler(service: service) { slot.sandbox.withLock { $0 } })
                }
            }
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
    }
}

/// A port that cannot be listened on.
package enum SandboxServerError: Error, Equatable, CustomStringConvertible {
    case port(Int, reason: String)

    package var description: String {
        switch self {
        case .port(let port, let reason):
            "cannot listen on port \(port): \(reason.prefix(1).lowercased() + reason.dropFirst())"
        }
    }
}
