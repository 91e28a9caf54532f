import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import OperatingSystem
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
        settings: SandboxSettings = SandboxSettings(), tls: SandboxTLS? = nil
    ) throws {
        let made = Slot(tls, roundTrip: settings.roundTrip)
        group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        do {
            var ports: [ServiceName: Int] = [:]
            var listeners: [any Channel] = []
            for (offset, service) in settings.services.enumerated() {
                let channel = try Self.listen(
                    Self.bootstrap(group, service, made), SandboxAddresses.host(of: service),
                    port: port == 0 ? 0 : port + offset)
                ports[service] = channel.localAddress?.port
                listeners.append(channel)
            }
            self.listeners = listeners
            sandbox = try Sandbox(
                addresses: SandboxAddresses(ports: ports, isTLS: tls != nil), clock: clock,
                faults: faults, settings: settings)
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
        let roundTrip: Duration

        init(_ tls: SandboxTLS?, roundTrip: Duration) {
            self.tls = tls
            self.roundTrip = roundTrip
        }
    }

    private static func listen(
        _ bootstrap: ServerBootstrap, _ host: String, port: Int
    ) throws -> any Channel {
        do {
            return try bootstrap.bind(host: host, port: port).wait()
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
                    if slot.roundTrip > .zero {
                        try channel.pipeline.syncOperations.addHandler(RoundTrip(slot.roundTrip))
                    }
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
            "cannot listen on port \(port): \(reason.withSmallFirstLetter)"
        }
    }
}
