// swift-tools-version: 6.2

import PackageDescription

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "retry-run",
    products: [
        .executable(name: "retry-run", targets: ["retry-run"]),
        .executable(name: "retry-run-sigstore", targets: ["retry-run-sigstore"]),
        .executable(name: "sigstore-sandbox", targets: ["sigstore-sandbox"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    ],
    targets: [
        .target(name: "RetryEngine"),
        .target(name: "RetryForecast", dependencies: ["RetryEngine"]),
        .systemLibrary(name: "CLinux"),
        .target(name: "OperatingSystem", dependencies: ["CLinux"]),
        .target(
            name: "CRE2", linkerSettings: [.linkedLibrary("re2"), .linkedLibrary("stdc++")]),
        .target(name: "Patterns", dependencies: ["CRE2"]),
        .target(name: "ProcessRunner", dependencies: ["CLinux", "OperatingSystem", "Patterns"]),
        .target(
            name: "Console", dependencies: ["RetryEngine", "OperatingSystem", argumentParser]),
        .target(name: "Telemetry", dependencies: ["JSON"]),
        .target(
            name: "Reports",
            dependencies: ["RetryEngine", "RetryForecast", "Console", "JSON", "Telemetry"]),
        .executableTarget(
            name: "retry-run",
            dependencies: [
                "RetryEngine", "RetryForecast", "ProcessRunner", "Patterns", "Console",
                "OperatingSystem", "Reports", "Telemetry",
                argumentParser,
            ],
            resources: [.embedInCode("Completions"), .embedInCode("Shell")]),
        .systemLibrary(name: "COpenSSL"),
        .systemLibrary(name: "CCurl"),
        .systemLibrary(name: "CTLS"),
        .target(name: "HTTP", dependencies: ["RetryEngine", "CCurl"]),
        .target(name: "JSON"),
        .target(name: "SigningCrypto", dependencies: ["COpenSSL", "JSON"]),
        .target(name: "TUF", dependencies: ["OperatingSystem", "JSON", "SigningCrypto"]),
        .target(
            name: "OpenIDConnect",
            dependencies: ["RetryEngine", "HTTP", "JSON", "Patterns", "SigningCrypto"]),
        .target(name: "OCI", dependencies: ["HTTP", "JSON", "SigningCrypto"]),
        .target(
            name: "Sigstore",
            dependencies: [
                "RetryEngine", "HTTP", "JSON", "OCI", "OpenIDConnect", "Patterns", "SigningCrypto",
                "TUF",
            ],
            resources: [.embedInCode("BuiltInTrust")]),
        .executableTarget(
            name: "retry-run-sigstore",
            dependencies: [
                "RetryEngine", "RetryForecast", "CLinux", "Console", "OperatingSystem", "HTTP",
                "JSON",
                "OCI", "OpenIDConnect", "Patterns", "SigningCrypto", "TUF", "Sigstore",
                "Telemetry", "Reports",
                argumentParser,
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ]),
        .target(
            name: "SigstoreSandbox",
            dependencies: [
                "JSON", "OperatingSystem", "SigningCrypto", "CTLS",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ]),
        .executableTarget(
            name: "sigstore-sandbox", dependencies: ["SigstoreSandbox", argumentParser]),
        .target(
            name: "TestSupport",
            dependencies: ["RetryEngine", "HTTP", "JSON", "OpenIDConnect", "SigningCrypto"],
            path: "Tests/Support"),
        .testTarget(
            name: "RetryEngineTests",
            dependencies: ["RetryEngine", "RetryForecast", "TestSupport"]),
        .testTarget(
            name: "RetryForecastTests", dependencies: ["RetryForecast", "RetryEngine"]),
        .testTarget(name: "ProcessRunnerTests", dependencies: ["ProcessRunner", "Patterns"]),
        .testTarget(name: "TelemetryTests", dependencies: ["Telemetry"]),
        .testTarget(
            name: "ReportsTests",
            dependencies: ["Reports", "Telemetry", "JSON", "RetryEngine", "RetryForecast"]),
        .testTarget(
            name: "ConsoleTests", dependencies: ["Console", "RetryEngine", argumentParser]),
        .testTarget(
            name: "OperatingSystemTests",
            dependencies: ["CLinux", "OperatingSystem", "TestSupport"]),
        .testTarget(name: "PatternsTests", dependencies: ["Patterns"]),
        .testTarget(name: "HTTPTests", dependencies: ["HTTP", "RetryEngine", "TestSupport"]),
        .testTarget(name: "JSONTests", dependencies: ["JSON"]),
        .testTarget(
            name: "SigningCryptoTests", dependencies: ["SigningCrypto"], exclude: ["Fixtures"]),
        .testTarget(name: "OCITests", dependencies: ["OCI", "HTTP", "JSON", "SigningCrypto"]),
        .testTarget(
            name: "TUFTests", dependencies: ["TUF", "JSON", "SigningCrypto", "TestSupport"]),
        .testTarget(
            name: "OpenIDConnectTests",
            dependencies: [
                "OpenIDConnect", "RetryEngine", "HTTP", "JSON", "Patterns", "SigningCrypto",
                "TestSupport",
            ]),
        .testTarget(
            name: "SigstoreTests",
            dependencies: [
                "Sigstore", "RetryEngine", "HTTP", "JSON", "OpenIDConnect", "Patterns",
                "SigningCrypto", "TUF", "SigstoreSandbox", "TestSupport",
            ]),
        .testTarget(
            name: "SigstoreSandboxTests",
            dependencies: ["SigstoreSandbox", "JSON", "SigningCrypto"]),
        .testTarget(
            name: "SigningVerbTests",
            dependencies: [
                "retry-run-sigstore", "SigstoreSandbox", "Sigstore", "HTTP", "OCI", "OpenIDConnect",
                "RetryEngine", "Console", "CLinux", "OperatingSystem", "SigningCrypto",
                "TestSupport",
            ]),
        .testTarget(
            name: "RetryRunTests",
            dependencies: [
                "retry-run", "RetryEngine", "RetryForecast", "ProcessRunner", "Patterns", "Console",
                "Reports",
                argumentParser,
            ],
            exclude: ["PresetMessages"]),
        .testTarget(
            name: "CommandLineTests",
            dependencies: ["retry-run", "retry-run-sigstore", "sigstore-sandbox"]),
    ],
    swiftLanguageModes: [.v6]
)

// `make fuzz`: an executable whose main function is libFuzzer's, so no other build may see it.
if Context.environment["RETRY_RUN_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "fuzz",
            dependencies: [
                "HTTP", "JSON", "OCI", "OpenIDConnect", "Patterns", "SigningCrypto", "TUF",
                "Sigstore",
            ],
            path: "Tests/Fuzz", exclude: ["make-seeds"]))
}

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .treatAllWarnings(as: .error),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]
}
