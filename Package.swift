// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]
/// Targets that touch C carry `unsafe` at every such place, so that `grep unsafe` is the audit list.
let audited: [SwiftSetting] = strict + [.strictMemorySafety()]

let argumentParser: Target.Dependency = .product(
    name: "ArgumentParser", package: "swift-argument-parser")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

/// Set by scripts/fuzz.sh: the decoders are then built for libFuzzer, and nothing else is.
let isFuzzing = Context.environment["QARELAY_FUZZ"] != nil

let package = Package(
    name: "QARelay",
    products: [
        .executable(name: "qarelay", targets: ["QARelay"]),
        .executable(name: "qaclient", targets: ["QAClient"]),
        .library(name: "QAShared", targets: ["QAShared"]),
        .library(name: "QASocket", targets: ["QASocket"]),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .systemLibrary(
            name: "CLibwebsockets", pkgConfig: "libwebsockets",
            providers: [.apt(["libwebsockets-dev", "libwebsockets-evlib-ev"])]),
        .systemLibrary(name: "CLibev", providers: [.apt(["libev-dev"])]),
        .systemLibrary(
            name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(
            name: "CQrencode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(
            name: "CHunspell", pkgConfig: "hunspell", providers: [.apt(["libhunspell-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CStemmer", providers: [.apt(["libstemmer-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        .target(
            name: "QASocket", dependencies: ["CLibwebsockets", "CLibev", "COpenSSL"], swiftSettings: audited),
        .target(name: "QAShared", swiftSettings: audited),
        .executableTarget(
            name: "QARelay",
            dependencies: [
                "QASocket", "QAShared", "COpenSSL", "CCurl", "CQrencode", "CHunspell", "CStemmer", "CZlib", argumentParser, logging,
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Yams", package: "Yams"),
            ], swiftSettings: audited),
        .executableTarget(
            name: "QAClient", dependencies: ["QASocket", "QAShared", argumentParser],
            swiftSettings: audited),

        .target(
            name: "QATestKit", dependencies: ["QAShared"], path: "Tests/QATestKit",
            swiftSettings: strict),
        .executableTarget(
            name: "QAEcho", dependencies: ["QASocket"], path: "Tests/QAEcho", swiftSettings: strict),
        .testTarget(
            name: "QASharedTests", dependencies: ["QAShared", "QATestKit"], swiftSettings: strict),
        .testTarget(
            name: "QASocketTests", dependencies: ["QASocket", "COpenSSL"], swiftSettings: strict),
        .testTarget(
            name: "QARelayTests",
            dependencies: [
                "QARelay", "QAClient", "QAShared", "QATestKit", logging, .product(name: "GRDB", package: "GRDB.swift"),
            ],
            exclude: ["Fuzzed/Fuzz.swift"],
            swiftSettings: strict),
        .testTarget(
            name: "QAClientTests", dependencies: ["QAClient", "QAShared", "QATestKit"],
            exclude: ["Goldens"],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)

if isFuzzing {
    package.targets.removeAll { $0.isTest || ["QATestKit", "QAEcho"].contains($0.name) }
    package.products.removeAll { $0.name == "qaclient" || $0.name == "qarelay" }
    for (index, target) in package.targets.enumerated() where target.type != .system {
        target.swiftSettings = (target.swiftSettings ?? []) + [.unsafeFlags(["-enable-testing"])]
        guard target.type == .executable else { continue }
        // A library, whose own beginning is not the program's.
        package.targets[index] = .target(
            name: target.name, dependencies: target.dependencies,
            swiftSettings: (target.swiftSettings ?? [])
                + [.unsafeFlags(["-Xfrontend", "-entry-point-function-name", "-Xfrontend", "\(target.name)_main"])])
    }
    package.targets.append(
        .executableTarget(
            name: "Fuzz", dependencies: ["QARelay", "QAClient", "QAShared"], path: "Tests/QARelayTests/Fuzzed",
            swiftSettings: audited + [.unsafeFlags(["-parse-as-library"])]))
}
