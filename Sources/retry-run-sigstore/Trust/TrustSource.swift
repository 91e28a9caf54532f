import Console
import HTTP
import Sigstore
import TUF

/// Where the trusted root and the signing config come from: files, read by now, or an instance.
enum TrustSource {
    /// - Parameters:
    ///   - option: The option that names the file.
    ///   - SigningConfig: Nil for a file that has none.
    case file(option: String, [TrustedRoot], SigningConfig?)
    case instance(Instance, isOffline: Bool)

    /// - Throws: `UsageError` for all that is wrong with the options and what they name.
    init(_ options: TrustOptions) throws {
        let choices = [
            ("--trusted-root", options.trustedRoot != nil),
            ("--trust-config", options.trustConfig != nil),
            ("--staging", options.staging), ("--github", options.github),
            ("--tuf-url", options.tufURL != nil),
        ].filter(\.1).map(\.0)
        guard choices.count < 2 else {
            throw UsageError("\(choices.joined(separator: " and ")) are mutually exclusive")
        }
        guard (options.tufURL == nil) == (options.tufRoot == nil) else {
            throw UsageError("--tuf-url and --tuf-root belong together")
        }
        if let file = options.trustedRoot {
            self = .file(
                option: "--trusted-root", try Self.read(file, TrustedRoot.all), nil)
        } else if let file = options.trustConfig {
            let both = try Self.read(file, ClientTrustConfig.init)
            self = .file(option: "--trust-config", [both.trustedRoot], both.signingConfig)
        } else {
            self = .instance(try Self.instance(options), isOffline: options.offline)
        }
    }

    private static func instance(_ options: TrustOptions) throws -> Instance {
        guard let url = options.tufURL, let file = options.tufRoot else {
            if options.github { return .gitHub }
            return try options.staging
                ? .staging : InitializedInstance().instance() ?? .publicGood
        }
        let instance: Instance
        let root = try InputFile(file).content(limit: UpdaterLimits().rootBytes)
        do {
            instance = try Instance(repository: url, root: root)
        } catch {
            throw UsageError("--tuf-url: \(error)")
        }
        do throws(TUFError) {
            _ = try TrustedMetadataSet(bootstrapRoot: root, startTime: InstanceTrust(instance).now)
        } catch {
            throw UsageError("--tuf-root: \(error)")
        }
        return instance
    }

    /// Names the built-in instance that a bundle is of, where it is another one.
    func help(with bundle: Bundle, insteadOf tried: [TrustedRoot]) -> String? {
        guard let instance = Instance.recognized(by: bundle, insteadOf: tried),
            let label = instance.label, label != self.label
        else { return nil }
        return "this is of the \(label) instance: "
            + (instance.option ?? "leave out \(option ?? "the options of trust")")
    }

    private var label: String? {
        if case .instance(let instance, _) = self { instance.label } else { nil }
    }

    /// The option that it was chosen by; nil without one.
    private var option: String? {
        switch self {
        case .file(let option, _, _): option
        case .instance(let instance, _): instance.label == nil ? "--tuf-url" : instance.option
        }
    }

    /// Whether it says where to sign, too.
    var hasSigningConfig: Bool {
        if case .file(_, _, nil) = self { false } else { true }
    }

    /// Whether a service has to be asked.
    var isFetched: Bool {
        if case .instance(_, isOffline: false) = self { true } else { false }
    }

    /// Each is of an instance of its own.
    /// - Throws: `ServiceError` when they have to be fetched and cannot be.
    func trustedRoots(
        calls: SigningCalls<SystemClock>, reporter: Reporter
    ) throws -> [TrustedRoot] {
        switch self {
        case .file(_, let trustedRoots, _):
            return trustedRoots
        case .instance(let instance, let isOffline):
            let targets = try Self.targets(
                [InstanceTrust.trustedRoot], of: instance, isOffline, calls, reporter)
            return [try Self.document(targets[0], of: instance, TrustedRoot.init)]
        }
    }

    /// The trusted roots that are there without a call; that of nobody where there are none.
    var trustedRootsAtHand: [TrustedRoot] {
        switch self {
        case .file(_, let trustedRoots, _): return trustedRoots
        case .instance(let instance, _):
            let json = try? InstanceTrust(instance).withoutNetwork(InstanceTrust.trustedRoot)
            return [json.flatMap { try? TrustedRoot(json: $0) } ?? .empty]
        }
    }

    /// What it takes to sign.
    ///
    /// - Parameters:
    ///   - given: A signing config that is used instead of the source's own. A file without one needs it.
    ///   - logVersions: The versions of Rekor that will do.
    /// - Throws: `ServiceError` when something has to be fetched and cannot be.
    func signingTrust(
        config given: SigningConfig?, logVersions: Set<Int64>,
        calls: SigningCalls<SystemClock>, reporter: Reporter
    ) throws -> SigningTrust {
        switch self {
        case .file(_, let trustedRoots, let own):
            guard let config = given ?? own, let trustedRoot = trustedRoots.first else {
                preconditionFailure("no signing config")
            }
            return SigningTrust(trustedRoot: trustedRoot, signingConfig: config)
        case .instance(let instance, let isOffline):
            let config = InstanceTrust.signingConfig(of: instance, logVersions: logVersions)
            let names = [InstanceTrust.trustedRoot] + (given == nil ? [config] : [])
            let targets = try Self.targets(names, of: instance, isOffline, calls, reporter)
            let own = try targets.dropFirst().first.map {
                try Self.document($0, of: instance, SigningConfig.init)
            }
            guard let config = given ?? own else { preconditionFailure("no signing config") }
            return SigningTrust(
                trustedRoot: try Self.document(targets[0], of: instance, TrustedRoot.init),
                signingConfig: config)
        }
    }

    private static func targets(
        _ names: [String], of instance: Instance, _ isOffline: Bool,
        _ calls: SigningCalls<SystemClock>, _ reporter: Reporter
    ) throws -> [[UInt8]] {
        let trust = InstanceTrust(instance)
        if isOffline { return try names.map { try trust.withoutNetwork($0) } }
        return try TrustRefresh(trust, calls: calls, reporter: reporter).targets(names)
    }

    private static func document<Value>(
        _ json: [UInt8], of instance: Instance, _ make: ([UInt8]) throws(TrustError) -> Value
    ) throws -> Value {
        do {
            return try make(json)
        } catch {
            throw ServiceError(
                description: "a file of \(instance.name) is \(error)", failureClass: .permanent)
        }
    }

    /// - Throws: `UsageError` that names the file.
    static func read<Value>(
        _ file: String, _ make: ([UInt8]) throws(TrustError) -> Value
    ) throws -> Value {
        let input = try InputFile(file)
        let content = try input.content(limit: TrustedRoot.sizeLimit)
        do {
            return try make(content)
        } catch {
            throw UsageError("\(input.name) is \(error)")
        }
    }
}

/// All that signing has to know of an instance.
struct SigningTrust {
    let trustedRoot: TrustedRoot
    var signingConfig: SigningConfig

    static let nobody = SigningTrust(trustedRoot: .empty, signingConfig: .empty)
}
