import ArgumentParser
import SigstoreSandbox

@main
struct SigstoreSandboxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sigstore-sandbox",
        abstract: "Serves all of Sigstore on 127.0.0.1, for trials and rehearsals of outages.",
        discussion: """
            The keys are made at the start and are worth nothing. FOLDER gets the trusted root, \
            the signing configs and identity tokens, and when all is served the file 'ready' with \
            the addresses. GET /sandbox/calls on any port tells the calls and the entries so far; \
            POST /sandbox/faults sets new plans, one a line, and counts from 1 again.
            """)

    @Option(help: "Where the files for the clients are written.")
    var folder: String

    @Option(help: "The port of the first of six services; 0 takes any six.")
    var port = 0

    @Option(
        help: ArgumentHelp(
            "What goes wrong: SERVICE[/CALL]:N[-[M]]=KIND[:ARGUMENT], repeatable.",
            discussion:
                "The kinds: \(Fault.grammar); for SERVICE/handshake: \(HandshakeFault.grammar)."),
        transform: { try FaultPlan($0) })
    var fault: [FaultPlan] = []

    @Option(help: "Seconds that the services' clock is ahead.")
    var clockOffset = 0

    @Flag(help: "Serve over TLS; whom to trust then is in ca.pem.")
    var tls = false

    @Flag(help: "Stop when standard input ends.")
    var untilInputEnds = false

    func validate() throws {
        guard 0...65530 ~= port else {
            throw ValidationError("port \(port) is not from 0 to 65530")
        }
        if !tls, fault.contains(where: \.isOfHandshake) {
            throw ValidationError("\(FaultPlanError.noHandshakes)")
        }
    }

    func run() throws {
        let target = try SandboxFolder(path: folder)
        let tls = try tls ? SandboxTLS() : nil
        let server = try SandboxServer(
            port: port, clock: SandboxClock(offset: Double(clockOffset)), faults: fault, tls: tls)
        try target.write(server.sandbox, authority: tls?.authority)
        print("sigstore-sandbox: ready, see \(folder)/ready")
        if untilInputEnds {
            while readLine() != nil {}
            try server.stop()
        } else {
            try server.serve()
        }
    }
}
