// swift-tools-version: 6.2
import PackageDescription

/// Every target is held to the same strict settings. `make test` sets TOXWATCH_STRICT, under which a warning is an error.
let strict: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ] + (Context.environment["TOXWATCH_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)])

/// What lets the rooms inline the values of Clinical, which are `package` and not `public`: without it every access to
/// them from another room is a call, and the filter takes four times as long.
let inlinedAcrossRooms: SwiftSetting = .unsafeFlags(
    [
        "-enable-library-evolution", "-no-emit-module-separately-wmo",
        "-Xfrontend", "-package-cmo", "-Xfrontend", "-allow-non-resilient-access",
    ],
    .when(configuration: .release)
)

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

// The rooms and their arrows: Parser, Classifier and Emitter never import one another.
let package = Package(
    name: "toxwatch",
    products: [.executable(name: "toxwatch", targets: ["toxwatch"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
    ],
    targets: [
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(name: "CSignalFD"),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .target(name: "CScan"),
        .target(name: "CMemory"),
        .target(name: "CShippedPack"),
        .target(name: "Clinical"),
        .target(name: "Config", dependencies: ["CLibYAML"]),
        .target(name: "Digest", dependencies: ["CSodium"]),
        .target(name: "Parser", dependencies: ["CScan", "Clinical", "Config", "Digest"]),
        .target(name: "Classifier", dependencies: ["CMemory", "Clinical", "Config", "Digest"]),
        .target(name: "Emitter", dependencies: ["Clinical", "Config"]),
        .target(name: "Store", dependencies: ["CSQLite", "Clinical", "Digest"]),
        .executableTarget(
            name: "toxwatch",
            dependencies: [
                "Clinical", "Config", "Digest", "Parser", "Classifier", "Emitter", "Store", "CShippedPack",
                "CSignalFD", argumentParser,
            ],
            plugins: ["CompileShippedPack"]
        ),
        .executableTarget(name: "compilepack", dependencies: ["Classifier", "Config", "Digest"]),
        .plugin(name: "CompileShippedPack", capability: .buildTool(), dependencies: ["compilepack"]),
        .target(name: "TestSupport", dependencies: ["Clinical", "Config"], path: "Tests/TestSupport"),
        .testTarget(name: "ClinicalTests", dependencies: ["Clinical", "TestSupport"], exclude: ["Data"]),
        .testTarget(name: "ConfigTests", dependencies: ["Config", "TestSupport"], exclude: ["Mistakes", "Data"]),
        .testTarget(
            name: "ParserTests", dependencies: ["Parser", "Clinical", "Config", "Digest", "TestSupport"],
            exclude: ["Data"]
        ),
        .testTarget(name: "ClassifierTests", dependencies: ["Classifier", "Clinical", "Config", "TestSupport"]),
        .testTarget(
            name: "EmitterTests", dependencies: ["Emitter", "Clinical", "TestSupport"], exclude: ["Data", "Golden"]),
        // A program that commits until it is killed, for the tests of Store.
        .executableTarget(name: "StateDriver", dependencies: ["Store", "Clinical"], path: "Tests/StateDriver"),
        .testTarget(
            name: "StoreTests", dependencies: ["Store", "StateDriver", "Clinical", "TestSupport"],
            exclude: ["Golden"]),
        .testTarget(
            name: "ToxwatchTests",
            dependencies: [
                "toxwatch", "Clinical", "Config", "Digest", "Parser", "Classifier", "Emitter", "Store", "TestSupport",
                argumentParser,
            ],
            exclude: ["Data"]
        ),
    ]
)

for target in package.targets
where ![.system, .plugin].contains(target.type) && !["CScan", "CMemory", "CShippedPack"].contains(target.name) {
    target.swiftSettings = strict
}

for target in package.targets where target.name == "Clinical" {
    target.swiftSettings = strict + [inlinedAcrossRooms]
}
