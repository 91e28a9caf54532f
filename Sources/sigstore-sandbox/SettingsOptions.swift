import ArgumentParser
import SigstoreSandbox

/// What the sandbox has and how it behaves, besides its faults.
struct SettingsOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Serve a second instance of fulcio, tsa, rekor-v1 or rekor-v2, by another operator; repeatable.",
            valueName: "service"),
        transform: Self.doubled)
    var second: [ServiceName] = []

    @Flag(help: "Take entries for Rekor v2 at an address before its logs, which has no tiles.")
    var alias = false

    @Option(
        help: ArgumentHelp(
            "Let no larger body through to a service: SERVICE:BYTES=STATUS, or =close; repeatable.",
            valueName: "limit"),
        transform: { try BodyLimit($0) })
    var bodyLimit: [BodyLimit] = []

    @Option(
        help: ArgumentHelp(
            "Seconds between checkpoints of Rekor v2, for which entries wait; 0 makes them at once.",
            valueName: "seconds"))
    var checkpointInterval = 0.0

    @Option(
        help: ArgumentHelp(
            "Milliseconds by which each answer is later, and the first of a connection once more.",
            valueName: "milliseconds"))
    var roundTrip = 0

    func validate() throws {
        guard 0...3600 ~= checkpointInterval else {
            throw ValidationError(
                "checkpoint interval \(checkpointInterval) is not from 0 to 3600 seconds")
        }
        guard 0...60_000 ~= roundTrip else {
            throw ValidationError("round trip \(roundTrip) is not from 0 to 60000 milliseconds")
        }
        if let limit = bodyLimit.first(where: { !settings.services.contains($0.service) }) {
            throw ValidationError("\(FaultPlanError.notServed(limit.service))")
        }
    }

    var settings: SandboxSettings {
        var settings = SandboxSettings()
        settings.doubled = Set(second)
        settings.hasAlias = alias
        settings.bodyLimits = bodyLimit
        settings.checkpointInterval = .seconds(checkpointInterval)
        settings.roundTrip = .milliseconds(roundTrip)
        return settings
    }

    private static func doubled(_ word: String) throws -> ServiceName {
        guard let service = ServiceName(rawValue: word), service.second != nil else {
            let words = ServiceName.allCases.filter { $0.second != nil }.map(\.rawValue)
            throw ValidationError(
                "there is no second '\(word)'; there can be one of \(words.joined(separator: ", "))"
            )
        }
        return service
    }
}
