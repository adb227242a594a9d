// swift-tools-version: 6.2
import PackageDescription

/// One list of settings for every target: Swift 6 mode, the upcoming features we hold to, strict
/// memory safety, and no warnings.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

/// How programs are linked: by the linker that comes with Swift. It takes a fifth of the time that gold takes, and does not
/// warn of what it finds in Foundation (`mktemp`).
let linked: [LinkerSetting] = [.unsafeFlags(["-use-ld=lld"], .when(platforms: [.linux]))]

/// How programs are linked that are installed. They find the libraries that came with them beside themselves (`PREFIX/bin/squired` →
/// `PREFIX/lib/squire`), wherever PREFIX is. All symbols are bound at the start, so that their tables can be closed (RELRO).
let installed: [LinkerSetting] =
    linked + [
        .unsafeFlags(
            [
                "-Xlinker", "-rpath", "-Xlinker", "$ORIGIN/../lib/squire", "-Xlinker", "-z", "-Xlinker", "relro",
                "-Xlinker", "-z", "-Xlinker", "now",
            ], .when(platforms: [.linux]))
    ]

/// C of our own, which handles what others send: stack protector, checked string functions, no relocation into text.
let hardenedC: [CSetting] = [
    .unsafeFlags(["-fstack-protector-strong", "-fPIE", "-Wall", "-Wextra", "-Werror"]),
    // Needs an optimizer that knows how large things are.
    .unsafeFlags(["-O2", "-U_FORTIFY_SOURCE", "-D_FORTIFY_SOURCE=2"]),
]

let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
]
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let argumentParser: Target.Dependency = .product(
    name: "ArgumentParser", package: "swift-argument-parser")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")

let package = Package(
    name: "squire",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "squire", targets: ["squire"]),
        .executable(name: "squired", targets: ["squired"]),
        .executable(name: "almanac", targets: ["almanac"]),
        .executable(name: "squire-confine", targets: ["squire-confine"]),
    ],
    // Each in one version: what is built tomorrow is what was tried today.
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(
            url: "https://github.com/apple/swift-configuration", exact: "1.4.0", traits: ["YAML"]),
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        // The seams.
        .target(name: "Core"),

        // C libraries, each with one Swift owner.
        .systemLibrary(name: "CLlama", pkgConfig: "llama"),
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CEditLine", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
        .systemLibrary(name: "CStemmer", providers: [.apt(["libstemmer-dev"])]),
        .systemLibrary(
            name: "CUchardet", pkgConfig: "uchardet", providers: [.apt(["libuchardet-dev"])]),
        .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),

        // SHA-256; on Apple's systems by CryptoKit.
        .target(name: "Digest", dependencies: [.target(name: "CCrypto", condition: .when(platforms: [.linux]))]),

        // Watching files and folders.
        .target(name: "Folders", dependencies: [.product(name: "SystemPackage", package: "swift-system")]),

        // Stems of words.
        .target(name: "Stemming", dependencies: ["Core", "CStemmer"]),

        // Words of languages, and units of measurement, as data.
        .target(name: "Languages", resources: [.embedInCode("Resources")]),

        // Implementations: each rests on Core and not on another.
        .target(name: "Grammar", dependencies: ["Core"]),
        .target(
            name: "Inference",
            dependencies: ["Core", "Digest", "Grammar", "CLlama"]),
        .target(
            name: "Store", dependencies: ["Core", .product(name: "GRDB", package: "GRDB.swift")]),
        .target(name: "HTTPTransport", dependencies: ["Core", "CCurl"]),
        .target(
            name: "Plugins",
            dependencies: [
                "Core", "Confinement", "Digest", "Folders", "Grammar", "Ownership", subprocess, logging,
                .product(name: "OrderedCollections", package: "swift-collections"),
                .product(name: "SystemPackage", package: "swift-system"),
                // For the CYaml that it carries.
                .product(name: "Yams", package: "Yams"),
            ]),
        .target(
            name: "Retrieval",
            dependencies: [
                "Core", "Confinement", "Digest", "Folders", "Stemming", "Store", "CUchardet", "CXML2", subprocess,
                logging,
                .product(name: "SystemPackage", package: "swift-system"),
            ]),
        // What messages and descriptions say, by words and by meaning; for those that call and those that answer.
        .target(
            name: "Understanding", dependencies: ["Core", "Digest", "Languages", "Stemming", logging],
            resources: [.embedInCode("Resources")]),
        // Two ways to get calls out of a model: in steps, for any model, and in a model's own format.
        .target(
            name: "Guided", dependencies: ["Core", "Grammar", "Languages", "Understanding", logging],
            resources: [.embedInCode("Resources")]),
        .target(name: "ChatFormats", dependencies: ["Core", "Grammar"]),
        // One turn.
        .target(
            name: "Agent", dependencies: ["Core", "Languages", "Understanding", logging],
            resources: [.embedInCode("Resources")]),
        .target(
            name: "Gateway",
            dependencies: [
                "Core", "Digest", "Ownership", logging, .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
            ]),

        // What child processes may do, and the program that sees to it.
        .target(name: "CConfine", cSettings: hardenedC),
        .executableTarget(
            name: "squire-confine", dependencies: ["CConfine"], cSettings: hardenedC, linkerSettings: installed),
        // Ends a program on a processor that libllama was not built for; see Sources/CProcessor/processor.c.
        .target(name: "CProcessor", cSettings: hardenedC),
        .target(name: "Confinement", dependencies: ["Core", "CConfine"]),

        // Whose the files, folders and sockets are that we use.
        .target(name: "Ownership", dependencies: ["Core"]),

        // The socket.
        .target(name: "JSONRPC", dependencies: ["Core", "Ownership", logging] + nio),
        .target(name: "SquireProtocol", dependencies: ["Core"]),
        .target(name: "SquireClient", dependencies: ["Core", "SquireProtocol", "JSONRPC"]),

        // Suites of questions, run against a daemon.
        .target(name: "Evaluation", dependencies: ["Core", "JSONRPC", "SquireProtocol", "SquireClient"]),

        // The programs.
        .target(
            name: "Daemon",
            dependencies: [
                "Core", "Folders", "Grammar", "Inference", "Store", "HTTPTransport", "Plugins", "Retrieval", "Agent",
                "ChatFormats", "Gateway", "Guided", "Understanding",
                "JSONRPC", "SquireProtocol", "Confinement", "Ownership", logging,
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ]),
        .target(
            name: "Commands",
            dependencies: [
                "Core", "Evaluation", "SquireProtocol", "SquireClient", "JSONRPC", "Ownership", "CEditLine",
                argumentParser, subprocess,
            ]),
        .executableTarget(
            name: "squire", dependencies: ["Commands", argumentParser], linkerSettings: installed),
        .executableTarget(
            name: "squired",
            dependencies: ["Core", "Daemon", "SquireProtocol", "CProcessor", "squire-confine", argumentParser],
            linkerSettings: installed),

        // The plugin server that ships with Squire.
        .target(
            name: "AlmanacAPI",
            dependencies: ["Languages", .product(name: "Hummingbird", package: "hummingbird")],
            path: "plugins/almanac/Sources/AlmanacAPI"),
        .executableTarget(
            name: "almanac", dependencies: ["AlmanacAPI", argumentParser],
            path: "plugins/almanac/Sources/almanac", linkerSettings: installed),

        // Measures masks beside libllama's; see Benchmarks/masks.py.
        .executableTarget(
            name: "mask-benchmark", dependencies: ["Core", "Grammar", "CLlama"],
            path: "Benchmarks/MaskBenchmark", linkerSettings: linked),
        // Measures searches over many passages; see Benchmarks/documents.py.
        .executableTarget(
            name: "search-benchmark", dependencies: ["Core", "Inference", "Retrieval", "Store", logging],
            path: "Benchmarks/SearchBenchmark", linkerSettings: linked),

        // Writes what `make fit` fits the weights of choosing on; see Benchmarks/fit.py.
        .executableTarget(
            name: "choice-evidence",
            dependencies: ["Core", "Guided", "Inference", "Plugins", "Understanding", logging],
            path: "Benchmarks/ChoiceEvidence", linkerSettings: linked),

        // Says how often arguments are filled rightly; see docs/evaluation.md.
        .executableTarget(
            name: "filling-evidence",
            dependencies: ["Core", "Guided", "Inference", "Plugins", "Understanding", logging],
            path: "Benchmarks/FillingEvidence", linkerSettings: linked),

        // Writes what the judgement of passages is fitted on; see Benchmarks/fit_passages.py.
        .executableTarget(
            name: "passage-evidence", dependencies: ["Agent", "Core", "Inference", "Retrieval", "Store", logging],
            path: "Benchmarks/PassageEvidence", linkerSettings: linked),

        // Tests.
        .target(name: "ProcessorTime", path: "Tests/ProcessorTime"),
        .testTarget(name: "CoreTests", dependencies: ["Core", "ProcessorTime"]),
        .testTarget(name: "DigestTests", dependencies: ["Digest"]),
        .testTarget(name: "ConfinementTests", dependencies: ["Confinement", "squire-confine"]),
        .testTarget(name: "OwnershipTests", dependencies: ["Ownership"]),
        .testTarget(name: "CLlamaTests", dependencies: ["CLlama"]),
        .testTarget(
            name: "GrammarTests", dependencies: ["Core", "Grammar", "ProcessorTime", "SeededRandom", subprocess],
            exclude: ["check.py"]),
        .target(name: "ModelFiles", path: "Tests/ModelFiles"),
        // Random numbers of tests, which can be had again.
        .target(name: "SeededRandom", path: "Tests/SeededRandom"),
        .testTarget(
            name: "InferenceTests", dependencies: ["Core", "Grammar", "Inference", "ModelFiles", "SeededRandom"]),
        .testTarget(
            name: "StoreTests",
            dependencies: ["Core", "Store", .product(name: "GRDB", package: "GRDB.swift")]),
        // A server that says byte for byte what a test wants.
        .target(name: "LoopbackServer", dependencies: nio, path: "Tests/LoopbackServer"),
        // A client that sends whatever a test wants.
        .target(
            name: "LoopbackClient", dependencies: nio + [.product(name: "NIOHTTP1", package: "swift-nio")],
            path: "Tests/LoopbackClient"),
        .testTarget(name: "HTTPTransportTests", dependencies: ["Core", "HTTPTransport", "LoopbackServer"]),
        .testTarget(
            name: "PluginsTests",
            dependencies: [
                "Core", "Confinement", "HTTPTransport", "LoopbackServer", "Ownership", "Plugins", "squire-confine",
                logging,
            ]),
        .testTarget(
            name: "FoldersTests",
            dependencies: ["Folders", "ProcessorTime", .product(name: "SystemPackage", package: "swift-system")]),
        .testTarget(
            name: "RetrievalTests",
            dependencies: [
                "Core", "Confinement", "Folders", "Retrieval", "SeededRandom", "Stemming", "Store", "squire-confine",
                logging,
                subprocess,
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "SystemPackage", package: "swift-system"),
            ]),
        .testTarget(name: "SquireProtocolTests", dependencies: ["Core", "SquireProtocol"]),
        .testTarget(name: "JSONRPCTests", dependencies: ["Core", "JSONRPC"] + nio),
        // Models and embedders that do what a test tells them.
        .target(name: "ScriptedModels", dependencies: ["Core", "Understanding"], path: "Tests/ScriptedModels"),
        // Reads the cases that are lines of files.
        .target(name: "DataFiles", dependencies: ["Core"], path: "Tests/DataFiles"),
        .testTarget(
            name: "UnderstandingTests",
            dependencies: [
                "Core", "DataFiles", "Languages", "ProcessorTime", "ScriptedModels", "Understanding", logging,
            ],
            exclude: ["Data"]),
        // A whole language, through all that reads and answers.
        .testTarget(
            name: "LanguageTests",
            dependencies: ["Agent", "Core", "Guided", "Languages", "ScriptedModels", "Understanding"],
            resources: [.embedInCode("test-language.json")]),
        .testTarget(
            name: "GuidedTests",
            dependencies: [
                "Core", "DataFiles", "Grammar", "Guided", "Languages", "ProcessorTime", "ScriptedModels",
                "Understanding",
                logging,
            ], exclude: ["Data"]),
        .testTarget(name: "ChatFormatsTests", dependencies: ["ChatFormats", "Core", "ScriptedModels"]),
        .testTarget(
            name: "AgentTests",
            dependencies: [
                "Agent", "ChatFormats", "Core", "DataFiles", "Guided", "Languages", "ProcessorTime", "ScriptedModels",
                "Store", "Understanding", logging,
            ], exclude: ["Answers/Data"]),
        .testTarget(name: "EvaluationTests", dependencies: ["Core", "Evaluation", "SquireProtocol"]),
        .testTarget(
            name: "GatewayTests",
            dependencies: ["Core", "Gateway", "LoopbackClient", "Ownership", logging] + nio),
        .testTarget(
            name: "CommandsTests",
            dependencies: [
                "Core", "Evaluation", "SquireProtocol", "SquireClient", "JSONRPC", "Commands", argumentParser,
            ]),
        .testTarget(
            name: "AlmanacTests",
            dependencies: [
                "AlmanacAPI", "almanac", logging, .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOEmbedded", package: "swift-nio"),
            ], path: "plugins/almanac/Tests/AlmanacTests"),
        .testTarget(
            name: "DaemonTests",
            dependencies: [
                "Agent", "Core", "ChatFormats", "Commands", "Daemon", "Evaluation", "Gateway", "Grammar", "Guided",
                "Inference", "JSONRPC", "Plugins", "Retrieval", "Store",
                "LoopbackClient", "LoopbackServer", "ModelFiles", "ScriptedModels", "SeededRandom", "Understanding",
                "SquireProtocol",
                "SquireClient", "squired", "squire",
                "almanac", "squire-confine", "Confinement", "Ownership", logging, subprocess,
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
    ]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = settings
    if [
        "Core", "Folders", "Inference", "Grammar", "Plugins", "Retrieval", "Agent", "Guided", "ChatFormats",
        "Understanding", "Languages",
    ].contains(target.name) {
        // Loops over whole texts, and over a whole vocabulary for each token: unoptimized they would make tests crawl.
        target.swiftSettings?.append(.unsafeFlags(["-O"], .when(configuration: .debug)))
    }
}
