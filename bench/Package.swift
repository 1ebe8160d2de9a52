// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]
let shared: Target.Dependency = .product(name: "QAShared", package: "QARelay")

let package = Package(
    name: "QARelayBench",
    dependencies: [.package(name: "QARelay", path: "..")],
    targets: [
        // The load: many phones in one process, and the screens whose latency counts.
        .executableTarget(
            name: "Swarm",
            dependencies: [shared, .product(name: "QASocket", package: "QARelay")],
            swiftSettings: strict),
        // The baselines: an epoll loop that sends ready frames, and one commit after another.
        .executableTarget(name: "BareLoop"),
        .executableTarget(name: "BareCommit", linkerSettings: [.linkedLibrary("sqlite3")]),
        // Nanoseconds of the pure core.
        .executableTarget(name: "Micro", dependencies: [shared], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
