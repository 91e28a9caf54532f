import ArgumentParser
import SigstoreSandbox

@main
struct SigstoreSandboxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sigstore-sandbox",
        abstract: """
            Runs the services of Sigstore and a registry on 127.0.0.1, to try things out and \
            rehearse outages.
            """,
        discussion: """
            The keys are made at the start and are worth nothing. FOLDER gets the trusted root, \
            the signing configs and identity tokens, and when all is served the file 'ready' with \
            the addresses. GET /sandbox/calls on any port tells the calls and the entries so far; \
            GET /sandbox/registry lists what the registry has; POST /sandbox/faults sets new plans, \
            one a line, and counts from 1 again; POST /sandbox/clock moves the clock by the seconds \
            in its body.
            """)

    @Option(help: "Folder for the configuration files of clients.")
    var folder: String

    @Option(help: "The port of the first service, with the others after it; 0 takes any.")
    var port = 0

    @Option(
        help: ArgumentHelp(
            "Faults to inject: SERVICE[/CALL]:N[-[M]]=KIND[:ARGUMENT], repeatable.",
            discussion:
                "The kinds: \(Fault.grammar); for registry and storage also: \(RegistryFault.grammar); "
                + "for SERVICE/handshake: \(HandshakeFault.grammar)."),
        transform: { try FaultPlan($0) })
    var fault: [FaultPlan] = []

    @Option(help: "Seconds by which the services' clock is ahead.")
    var clockOffset = 0

    @OptionGroup(title: "Services")
    var settings: SettingsOptions

    @Flag(help: "Serve over TLS; the CA certificate is written to ca.pem.")
    var tls = false

    @OptionGroup(title: "Registry")
    var registry: RegistryArguments

    @Flag(help: "Stop when standard input ends.")
    var untilInputEnds = false

    func validate() throws {
        guard 0...65530 ~= port else {
            throw ValidationError("port \(port) is not from 0 to 65530")
        }
        if !tls, fault.contains(where: \.isOfHandshake) {
            throw ValidationError("\(FaultPlanError.noHandshakes)")
        }
        if let plan = fault.first(where: { !settings.settings.services.contains($0.service) }) {
            throw ValidationError("\(FaultPlanError.notServed(plan.service))")
        }
    }

    func run() throws {
        let target = try SandboxFolder(path: folder)
        let tls = try tls ? SandboxTLS() : nil
        var all = settings.settings
        all.registry = registry.options
        let server = try SandboxServer(
            port: port, clock: SandboxClock(offset: Double(clockOffset)), faults: fault,
            settings: all, tls: tls)
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
