import Core
import Foundation

/// Reads an OpenAPI 3.0 or 3.1 document into tools. All that is wrong is reported at once, each with its place.
struct OpenAPIReader {
    private let document: Document
    private let plugin: String
    /// Where the document was read, which decides where its servers may be.
    private let source: PluginSource
    /// Where the API is whatever the document says; nil takes the document's word.
    private let server: APIServer?
    var resolver: SchemaResolver
    var problems = Findings(most: 1000)
    var warnings = Findings(most: 1000)
    private var names = OperationNames()
    private var operationCount = 0
    /// Where the API is by the document's own `servers`, once it was looked at.
    private var documentServer: APIServer??
    /// The arguments that a path's operations share, by the place of the path's item; nil where they cannot be sent.
    var shared: [String: ArgumentList?] = [:]
    private var hasServerProblem = false

    /// The most problems a message lists, and the most warnings that are kept.
    private static let listedProblems = 20
    private static let listedWarnings = 200

    /// - Parameter found: what is wrong with the plugin's manifest, to be reported with the document's own.
    /// - Throws: `manifestInvalid`, also where the document is larger than is read; `CancellationError`.
    static func read(
        _ document: Document, plugin: String, source: PluginSource, server: APIServer? = nil, found: [String] = []
    ) throws -> API {
        var reader = OpenAPIReader(document: document, plugin: plugin, source: source, server: server)
        // What is wrong with a document of another version is all that differs.
        if let problem = reader.versionProblem() { throw PluginError(.manifestInvalid, problem) }
        let api = try reader.read()
        var problems = Findings(most: 1000)
        problems += found
        problems += reader.problems
        problems += reader.resolver.problems
        guard problems.isEmpty else {
            throw PluginError(.manifestInvalid, problems.listed(listedProblems).joined(separator: "\n"))
        }
        return api
    }

    private init(document: Document, plugin: String, source: PluginSource, server: APIServer?) {
        self.document = document
        self.plugin = plugin
        self.source = source
        self.server = server
        resolver = SchemaResolver(document: document)
    }

    /// What keeps the document from being read at all.
    private func versionProblem() -> String? {
        let root = document.top
        if let version = root["openapi"]?.string {
            let numbers = version.split(separator: ".", omittingEmptySubsequences: false)
            let isRead = numbers.count > 1 && numbers[0] == "3" && ["0", "1"].contains(numbers[1])
            return isRead
                ? nil : "openapi: version \(version.prefix(40)) is not supported; Squire reads 3.0 and 3.1"
        }
        if root["openapi"] != nil { return "openapi: must be text, such as \"3.1.0\"; put it in quotation marks" }
        if root["swagger"] != nil { return "swagger: this is a Swagger 2 document; convert it to OpenAPI 3" }
        return "openapi: is missing; it names the version, such as 3.1.0"
    }

    private mutating func read() throws -> API {
        let root = document.top
        if root["info"]?["title"]?.string?.isEmpty ?? true { problems.append("info.title: is missing") }
        warnings += document.warnings
        warnOfSecurity(root, at: "security")
        warnings += MemberSpelling.warnings(root, as: .root)
        var operations: [APIOperation] = []
        if let paths = root["paths"], paths.isObject {
            for path in paths.names where !path.hasPrefix("x-") {
                guard let item = paths[path] else { continue }
                operations += try readPath(path, item)
            }
        } else {
            problems.append("paths: is missing; it holds the operations")
        }
        if operations.isEmpty, problems.isEmpty, resolver.problems.isEmpty {
            let reason = warnings.texts.first.map { " that can be called: \($0)" } ?? ""
            problems.append("paths: there is no operation in it\(reason)")
        }
        var found = Findings(most: 1000)
        found += warnings
        found += resolver.warnings
        return API(
            title: root["info"]?["title"]?.string ?? "", description: root["info"]?["description"]?.string ?? "",
            operations: TimeZoneHeader.mark(operations, in: root), warnings: found.listed(Self.listedWarnings))
    }

    private mutating func readPath(_ path: String, _ written: DocumentValue) throws -> [APIOperation] {
        guard path.hasPrefix("/") else {
            problems.append("\(written.place): a path begins with /")
            return []
        }
        guard let item = resolver.target(written), item.isObject else {
            problems.append("\(written.place): a path holds operations by their method")
            return []
        }
        warnings += MemberSpelling.warnings(item, as: .path)
        var operations: [APIOperation] = []
        for method in item.names
        where ["get", "put", "post", "delete", "patch", "head", "options"].contains(method) {
            guard let value = item[method] else { continue }
            operationCount += 1
            guard operationCount <= ReadingBudget.operations else {
                throw PluginError(
                    .manifestInvalid,
                    "\(value.place): the document has more than \(ReadingBudget.operations) operations; register a part of it"
                )
            }
            guard let operation = try readOperation(method.uppercased(), path, value, item) else { continue }
            operations.append(operation)
        }
        return operations
    }

    private mutating func readOperation(
        _ method: String, _ path: String, _ value: DocumentValue, _ item: DocumentValue
    ) throws -> APIOperation? {
        let place = value.place
        guard value.isObject else {
            problems.append("\(place): an operation is an object")
            return nil
        }
        if value["operationId"] != nil, value["operationId"]?.string == nil {
            problems.append("\(place).operationId: must be a string")
        }
        let name = Self.name(value["operationId"]?.string ?? "\(method.lowercased())_\(path)")
        let parts = [value["summary"]?.string, value["description"]?.string].compactMap { $0 }
            .map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.filter { !$0.isEmpty }
        let description = parts.map { $0.hasSuffix(".") ? $0 : $0 + "." }.joined(separator: " ")
        if description.isEmpty {
            warnings.append(
                "\(place): has no summary and no description, so that the model can hardly know when to use it")
        }

        warnOfSecurity(value, at: "\(place).security")
        warnings += MemberSpelling.warnings(value, as: .operation)

        let common = try sharedArguments(of: item)
        let own = try readParameters(value["parameters"], into: common ?? ArgumentList())
        guard common != nil, var arguments = own else { return nil }
        checkTemplates(path, arguments, at: place)
        guard try readBody(value["requestBody"], into: &arguments) else { return nil }
        guard arguments.order.count <= ReadingBudget.arguments else {
            warnings.append(
                "\(place): takes \(arguments.order.count) arguments, and at most \(ReadingBudget.arguments) are read; the operation is left out"
            )
            return nil
        }
        guard
            let address = server ?? ownServer(of: value) ?? ownServer(of: item) ?? serverOfDocument()
                ?? defaultServer()
        else { return nil }
        let examples = readExamples(value["x-squire-examples"])
        let results = readResults(value["responses"])
        let tool = Tool(
            plugin: plugin, operation: names.unique(name), description: description, parameters: arguments.schema,
            parameterOrder: arguments.order, isReadOnly: ["GET", "HEAD"].contains(method), examples: examples,
            results: results.properties, returnsList: results.isList)
        warnings += MemberSpelling.warnings(ofExamples: value["x-squire-examples"], of: tool)
        return APIOperation(
            tool: tool, method: method, path: path, server: address, network: source.network,
            parameters: arguments.parameters,
            hasWholeBody: arguments.hasWholeBody, isBodyRequired: arguments.isBodyRequired,
            neededInBody: arguments.neededInBody, bodyType: arguments.bodyType)
    }

    private mutating func ownServer(of value: DocumentValue) -> APIServer? {
        guard let servers = value["servers"] else { return nil }
        let before = problems.texts.count + problems.unlisted
        defer { if problems.texts.count + problems.unlisted > before { hasServerProblem = true } }
        return readServer(servers.value, at: "\(servers.place)")
    }

    private mutating func serverOfDocument() -> APIServer? {
        if let known = documentServer { return known }
        let server = ownServer(of: document.top)
        documentServer = .some(server)
        return server
    }

    private mutating func warnOfSecurity(_ value: DocumentValue, at place: @autoclosure () -> String) {
        // An empty requirement among them says that it works without (OpenAPI 3.1, section 4.8.30).
        guard let schemes = value["security"]?.items, !schemes.isEmpty,
            !schemes.contains(where: { $0.isObject && $0.names.isEmpty })
        else { return }
        warnings.append("\(place()): credentials are not supported yet; calls are sent without any")
    }

    // MARK: Names

    /// The characters tools' names are made of, 64 of them at most.
    static func name(_ text: String, otherwise: String = "operation") -> String {
        let kept = text.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_" }
        let parts = String(kept).split(separator: "_").joined(separator: "_")
        return parts.isEmpty ? otherwise : String(parts.prefix(64))
    }

    // MARK: Servers

    private mutating func readServer(_ list: JSONValue?, at place: String) -> APIServer? {
        var reader = ServerReader(source: source)
        let server = reader.read(list, at: place)
        add(reader)
        return server
    }

    /// Without servers an API is where its document is (OpenAPI 3.1, section 4.8.1).
    private mutating func defaultServer() -> APIServer? {
        var reader = ServerReader(source: source)
        let server = reader.readDefault()
        // One line for the document, not one an operation; what is wrong with the servers there are is said already.
        if server == nil, hasServerProblem { return nil }
        hasServerProblem = server == nil
        add(reader)
        return server
    }

    private mutating func add(_ reader: ServerReader) {
        problems += reader.problems
        warnings += reader.warnings
    }
}
