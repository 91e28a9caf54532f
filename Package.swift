// swift-tools-version: 6.2

import PackageDescription

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "retry-run",
    products: [
        .executable(name: "retry-run", targets: ["retry-run"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ],
    targets: [
        .target(name: "RetryEngine"),
        .systemLibrary(name: "CLinux"),
        .target(name: "ProcessRunner", dependencies: ["CLinux"]),
        .target(name: "Console", dependencies: ["RetryEngine"]),
        .executableTarget(
            name: "retry-run",
            dependencies: ["RetryEngine", "ProcessRunner", "Console", argumentParser]),
        .testTarget(name: "RetryEngineTests", dependencies: ["RetryEngine"]),
        .testTarget(name: "ProcessRunnerTests", dependencies: ["ProcessRunner"]),
        .testTarget(name: "ConsoleTests", dependencies: ["Console", "RetryEngine"]),
        .testTarget(
            name: "CommandLineTests",
            dependencies: ["retry-run", "RetryEngine", "ProcessRunner", "Console"]),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .treatAllWarnings(as: .error),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]
}
