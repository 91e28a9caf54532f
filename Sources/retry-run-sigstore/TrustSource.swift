import Console
import Sigstore

/// Where the trusted root comes from.
enum TrustSource {
    case trustedRoot(file: String)
    case clientTrustConfig(file: String)
    case instance(Instance, isOffline: Bool, CallLimits)

    init(_ options: TrustOptions, retry: CallLimits) throws {
        let choices = [
            ("--trusted-root", options.trustedRoot != nil),
            ("--trust-config", options.trustConfig != nil),
            ("--staging", options.staging), ("--tuf-url", options.tufURL != nil),
        ].filter(\.1).map(\.0)
        guard choices.count < 2 else {
            throw UsageError("\(choices.joined(separator: " and ")) exclude each other")
        }
        guard (options.tufURL == nil) == (options.tufRoot == nil) else {
            throw UsageError("--tuf-url and --tuf-root belong together")
        }
        if let file = options.trustedRoot {
            self = .trustedRoot(file: file)
        } else if let file = options.trustConfig {
            self = .clientTrustConfig(file: file)
        } else {
            self = .instance(
                try Self.instance(options), isOffline: options.offline, retry)
        }
    }

    private static func instance(_ options: TrustOptions) throws -> Instance {
        guard let url = options.tufURL, let file = options.tufRoot else {
            return options.staging ? .staging : .publicGood
        }
        return Instance(
            repository: url, root: try InputFile(file).content(limit: TrustedRoot.sizeLimit))
    }

    /// - Throws: `ServiceError` when it has to be fetched and cannot be.
    func trustedRoot(_ reporter: Reporter) throws -> TrustedRoot {
        switch self {
        case .trustedRoot(let file):
            return try Self.read(file, TrustedRoot.init)
        case .clientTrustConfig(let file):
            return try Self.read(file, ClientTrustConfig.init).trustedRoot
        case .instance(let instance, let isOffline, let limits):
            let trust = InstanceTrust(instance)
            let json =
                isOffline
                ? try trust.withoutNetwork()
                : try TrustRefresh(trust, limits: limits, reporter: reporter).trustedRoot()
            do {
                return try TrustedRoot(json: json)
            } catch {
                throw UsageError("the trusted root of \(instance.repository) is \(error)")
            }
        }
    }

    private static func read<Value>(
        _ file: String, _ make: ([UInt8]) throws -> Value
    ) throws -> Value {
        let input = try InputFile(file)
        do {
            return try make(input.content(limit: TrustedRoot.sizeLimit))
        } catch let error as TrustError {
            throw UsageError("\(input.name) is \(error)")
        }
    }
}
