import Core
import Foundation
import Logging
import Synchronization

@testable import Plugins

/// Keeps plugins as long as the test runs.
actor MemoryStore: PluginStore {
    struct Failure: Error {}

    private(set) var records: [String: StoredPlugin] = [:]
    private(set) var disabled: Set<String> = []
    private(set) var documents: [String: FetchedDocument] = [:]
    /// Waited for when a plugin is on disk and before its saving returns.
    private var beforeSavingReturns: (@Sendable (StoredPlugin) async -> Void)?
    /// How many of the next readings fail.
    var failures = 0

    init(_ records: [StoredPlugin] = [], failures: Int = 0) {
        for record in records { self.records[record.name] = record }
        self.failures = failures
    }

    func plugins() async throws -> [StoredPlugin] {
        if failures > 0 {
            failures -= 1
            throw Failure()
        }
        return records.values.sorted { $0.name < $1.name }
    }

    func save(_ plugin: StoredPlugin) async throws {
        records[plugin.name] = plugin
        await beforeSavingReturns?(plugin)
    }

    func whenSaving(_ body: @escaping @Sendable (StoredPlugin) async -> Void) { beforeSavingReturns = body }

    func setEnabled(_ enabled: Bool, plugin name: String) async throws {
        guard records[name] != nil else { throw Failure() }
        records[name]?.isEnabled = enabled
    }

    func remove(plugin name: String) async throws {
        guard records.removeValue(forKey: name) != nil else { throw Failure() }
    }

    func disabledFolderPlugins() async throws -> Set<String> { disabled }

    func setEnabled(_ enabled: Bool, folderPlugin name: String) async throws {
        if enabled { disabled.remove(name) } else { disabled.insert(name) }
    }

    func fetchedDocuments() async throws -> [FetchedDocument] { Array(documents.values) }

    func save(_ document: FetchedDocument) async throws { documents[document.manifest] = document }

    func removeFetchedDocument(of manifest: String) async throws { documents[manifest] = nil }
}

/// Keeps permissions as long as the test runs.
actor MemoryPermissions: PermissionStore {
    private var stored: [StoredPermission] = []

    func permissions() -> [StoredPermission] { stored }

    func permission(plugin: String, operation: String) -> StoredPermission? {
        stored.first { $0.plugin == plugin && $0.operation == operation }
    }

    func save(_ permission: StoredPermission) {
        stored.removeAll { $0.plugin == permission.plugin && $0.operation == permission.operation }
        stored.append(permission)
    }

    func forget(_ permissions: [StoredPermission]) -> Int {
        let count = stored.count
        stored.removeAll { permissions.contains($0) }
        return count - stored.count
    }
}

/// Answers requests from a closure and remembers them.
final class ScriptedFetcher: HTTPFetching {
    private let answer: @Sendable (HTTPRequest) throws -> HTTPResponse
    // Locked since calls come from any task.
    private let made = Mutex<[HTTPRequest]>([])

    var requests: [HTTPRequest] { made.withLock { $0 } }

    init(_ answer: @escaping @Sendable (HTTPRequest) throws -> HTTPResponse) {
        self.answer = answer
    }

    /// Serves texts by URL, and 404 elsewhere; as the transport does, from the kind of address that a host certainly is,
    /// and where the request may go.
    convenience init(pages: [String: String]) {
        self.init { request in
            let host = try WebURL(request.url).origin.host
            if let kind = request.network.refuses(host) { throw HTTPError(.addressRefused, "it is \(kind.phrase)") }
            var response =
                pages[request.url].map { HTTPResponse(200, $0, url: request.url) }
                ?? HTTPResponse(404, "nothing here", url: request.url)
            response.addressClass = host.certainClass ?? .global
            return response
        }
    }

    func fetch(_ request: HTTPRequest) async throws -> HTTPResponse {
        made.withLock { $0.append(request) }
        return try answer(request)
    }
}

extension HTTPResponse {
    init(_ status: Int, _ body: String, type: String? = "application/json", url: String = "http://test/") {
        self.init(
            status: status, headers: type.map { [HTTPHeader("Content-Type", $0)] } ?? [], body: Array(body.utf8),
            url: url)
    }
}

/// A folder of the test's own, gone with it.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        // Short, since sockets are made in it.
        path = "/tmp/squire-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// - Returns: the file's path.
    @discardableResult
    func write(_ text: String, to name: String, isProgram: Bool = false) throws -> String {
        let file = "\(path)/\(name)"
        try FileManager.default.createDirectory(
            atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        if isProgram { try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file) }
        return file
    }
}

extension PluginRegistry {
    init(store: MemoryStore = MemoryStore(), fetcher: any HTTPFetching, folders: [String] = []) {
        self.init(store: store, fetcher: fetcher, folders: folders, runtimeFolder: "/nonexistent")
    }

    /// A registry that serves OpenAPI.
    init(
        store: MemoryStore = MemoryStore(), fetcher: any HTTPFetching, folders: [String] = [], runtimeFolder: String,
        protected: [String] = []
    ) {
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        self.init(
            store: store, fetcher: fetcher, folders: folders,
            kinds: [
                OpenAPIKind(fetcher: fetcher, runtimeFolder: runtimeFolder, protected: protected, logger: logger)
            ], logger: logger)
    }
}

/// The head that every document has, before its paths.
let head = """
    openapi: 3.1.0
    info: {title: Test API, version: "1"}
    servers: [{url: "https://api.example/v1/"}]

    """

/// - Parameter source: a path, or the URL of a public place; nil was sent inline.
func read(_ text: String, source: String? = nil) throws -> API {
    let place = source.map { $0.hasPrefix("/") ? PluginSource.file($0) : .url($0, from: .global) }
    return try read(text, from: place ?? .inline)
}

func read(_ text: String, from source: PluginSource) throws -> API {
    try OpenAPIReader.read(try Document(text, source: "test.yaml"), plugin: "test", source: source)
}

/// The only operation of a document that begins with `head`.
func operation(_ paths: String) throws -> APIOperation {
    let api = try read(head + paths)
    guard let operation = api.operations.first, api.operations.count == 1 else {
        throw PluginError(.manifestInvalid, "expected one operation, not \(api.operations.count); \(api.warnings)")
    }
    return operation
}

/// The lines in which reading a document fails.
func problems(_ text: String, source: String? = nil) -> [String] {
    do {
        _ = try read(text, source: source)
        return []
    } catch {
        return (error as? PluginError)?.message.split(separator: "\n").map(String.init) ?? ["\(error)"]
    }
}
