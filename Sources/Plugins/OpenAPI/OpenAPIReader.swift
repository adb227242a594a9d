import Core
import Foundation

/// Reads an OpenAPI 3.0 or 3.1 document into tools. All that is wrong is reported at once, each with its place.
struct OpenAPIReader {
    private let document: Document
    private let plugin: String
    /// Where the document was read; relative server URLs resolve against it.
    private let source: String?
    /// Where the API is whatever the document says; nil takes the document's word.
    private let server: APIServer?
    private var resolver: SchemaResolver
    private var problems: [String] = []
    private var warnings: [String] = []

    /// The most problems a message lists.
    private static let listedProblems = 20

    /// - Parameter found: what is wrong with the plugin's manifest, to be reported with the document's own.
    /// - Throws: `manifestInvalid`.
    static func read(
        _ document: Document, plugin: String, source: String?, server: APIServer? = nil, found: [String] = []
    ) throws(PluginError) -> API {
        var reader = OpenAPIReader(document: document, plugin: plugin, source: source, server: server)
        let api = reader.read()
        let problems = found + reader.problems + reader.resolver.problems
        guard problems.isEmpty else {
            var seen: Set<String> = []
            let listed = problems.filter { seen.insert($0).inserted }
            let more = listed.count > listedProblems ? "\n… and \(listed.count - listedProblems) more" : ""
            throw PluginError(.manifestInvalid, listed.prefix(listedProblems).joined(separator: "\n") + more)
        }
        return api
    }

    private init(document: Document, plugin: String, source: String?, server: APIServer?) {
        self.document = document
        self.plugin = plugin
        self.source = source
        self.server = server
        resolver = SchemaResolver(document: document)
    }

    private mutating func read() -> API {
        let root = document.root
        if let version = root["openapi"]?.string {
            if !["3.0", "3.1"].contains(where: { version == $0 || version.hasPrefix("\($0).") }) {
                problems.append("openapi: version \(version) is not supported; Squire reads 3.0 and 3.1")
            }
        } else if root["openapi"] != nil {
            problems.append("openapi: must be text, such as \"3.1.0\"; put it in quotation marks")
        } else if root["swagger"] != nil {
            problems.append("swagger: this is a Swagger 2 document; convert it to OpenAPI 3")
        } else {
            problems.append("openapi: is missing; it names the version, such as 3.1.0")
        }
        if root["info"]?["title"]?.string?.isEmpty ?? true { problems.append("info.title: is missing") }
        warnOfSecurity(root, at: "security")
        var operations: [APIOperation] = []
        if let paths = root["paths"], paths.object != nil {
            for path in document.keys(of: paths, at: "paths") where !path.hasPrefix("x-") {
                operations += readPath(path, paths[path] ?? .null, names: Set(operations.map(\.tool.operation)))
            }
        } else {
            problems.append("paths: is missing; it holds the operations")
        }
        if operations.isEmpty, problems.isEmpty, resolver.problems.isEmpty {
            problems.append("paths: there is no operation in it")
        }
        return API(
            title: root["info"]?["title"]?.string ?? "", description: root["info"]?["description"]?.string ?? "",
            operations: operations, warnings: warnings + resolver.warnings)
    }

    private mutating func readPath(_ path: String, _ item: JSONValue, names: Set<String>) -> [APIOperation] {
        let place = Document.place("paths", path)
        guard path.hasPrefix("/") else {
            problems.append("\(place): a path begins with /")
            return []
        }
        guard let (item, itemPlace) = resolver.target(item, at: place), item.object != nil else {
            problems.append("\(place): a path holds operations by their method")
            return []
        }
        var names = names
        var operations: [APIOperation] = []
        for method in document.keys(of: item, at: itemPlace)
        where ["get", "put", "post", "delete", "patch", "head", "options"].contains(method) {
            let operationPlace = Document.place(itemPlace, method)
            guard
                let operation = readOperation(
                    method.uppercased(), path, item[method] ?? .null, item, at: operationPlace, itemPlace: itemPlace,
                    names: names)
            else { continue }
            names.insert(operation.tool.operation)
            operations.append(operation)
        }
        return operations
    }

    private mutating func readOperation(
        _ method: String, _ path: String, _ value: JSONValue, _ item: JSONValue, at place: String, itemPlace: String,
        names: Set<String>
    ) -> APIOperation? {
        guard value.object != nil else {
            problems.append("\(place): an operation is an object")
            return nil
        }
        if value["operationId"] != nil, value["operationId"]?.string == nil {
            problems.append("\(place).operationId: must be a string")
        }
        let name = Self.unique(
            Self.name(value["operationId"]?.string ?? "\(method.lowercased())_\(path)"), among: names)
        let parts = [value["summary"]?.string, value["description"]?.string].compactMap { $0 }
            .map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.filter { !$0.isEmpty }
        let description = parts.map { $0.hasSuffix(".") ? $0 : $0 + "." }.joined(separator: " ")
        if description.isEmpty {
            warnings.append(
                "\(place): has no summary and no description, so that the model can hardly know when to use it")
        }

        warnOfSecurity(value, at: "\(place).security")

        var arguments = ArgumentList()
        let isSendable = [
            readParameters(item["parameters"], at: "\(itemPlace).parameters", into: &arguments),
            readParameters(value["parameters"], at: "\(place).parameters", into: &arguments),
        ]
        guard !isSendable.contains(false) else { return nil }
        checkTemplates(path, arguments, at: place)
        guard readBody(value["requestBody"], at: "\(place).requestBody", into: &arguments) else { return nil }
        guard
            let address = server
                ?? readServer(value["servers"], at: "\(place).servers") ?? readServer(
                    item["servers"], at: "\(itemPlace).servers")
                ?? readServer(document.root["servers"], at: "servers") ?? defaultServer(at: place)
        else { return nil }
        let examples = readExamples(value["x-squire-examples"], at: "\(place).x-squire-examples")
        return APIOperation(
            tool: Tool(
                plugin: plugin, operation: name, description: description, parameters: arguments.schema,
                parameterOrder: arguments.order, isReadOnly: ["GET", "HEAD"].contains(method), examples: examples),
            method: method, path: path, server: address, parameters: arguments.parameters,
            hasWholeBody: arguments.hasWholeBody, isBodyRequired: arguments.isBodyRequired,
            neededInBody: arguments.neededInBody, bodyType: arguments.bodyType)
    }

    private mutating func warnOfSecurity(_ value: JSONValue, at place: String) {
        // An empty requirement among them says that it works without (OpenAPI 3.1, section 4.8.30).
        guard let schemes = value["security"]?.array, !schemes.isEmpty, !schemes.contains([:]) else { return }
        warnings.append("\(place): credentials are not supported yet; calls are sent without any")
    }

    // MARK: Names

    /// The characters tools' names are made of, 64 of them at most.
    static func name(_ text: String, otherwise: String = "operation") -> String {
        let kept = text.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_" }
        let parts = String(kept).split(separator: "_").joined(separator: "_")
        return parts.isEmpty ? otherwise : String(parts.prefix(64))
    }

    private static func unique(_ name: String, among names: Set<String>) -> String {
        guard names.contains(name) else { return name }
        // Shortened, so that the number fits into the 64 characters.
        let stem = name.prefix(60)
        var number = 2
        while names.contains("\(stem)_\(number)") { number += 1 }
        return "\(stem)_\(number)"
    }

    // MARK: Arguments

    /// - Returns: false where the operation cannot be called and is left out.
    private mutating func readParameters(
        _ list: JSONValue?, at place: String, into arguments: inout ArgumentList
    ) -> Bool {
        guard let list else { return true }
        guard let items = list.array else {
            problems.append("\(place): must be a list")
            return true
        }
        var seen: Set<String> = []
        var isSendable = true
        for (index, item) in items.enumerated() {
            let place = "\(place)[\(index)]"
            guard let (item, itemPlace) = resolver.target(item, at: place) else { continue }
            guard let name = item["name"]?.string, !name.isEmpty else {
                problems.append("\(place): has no name")
                continue
            }
            guard let word = item["in"]?.string else {
                problems.append("\(place) (\(name)): has no \"in\"; it says path, query, header or cookie")
                continue
            }
            guard let location = APIParameter.Location(rawValue: word), location != .body else {
                if word == "cookie" {
                    warnings.append("\(place) (\(name)): cookies are not supported; it is left out")
                } else {
                    problems.append(
                        "\(place) (\(name)): \"in\" is \"\(word)\" and must be path, query, header or cookie")
                }
                continue
            }
            guard seen.insert("\(word) \(name)").inserted else {
                problems.append("\(place) (\(name)): is there twice in: \(word)")
                continue
            }
            // Squire's own to set, and a parameter of such a name says nothing (OpenAPI 3.1, section 4.8.12).
            if location == .header, ["accept", "content-type", "authorization"].contains(name.lowercased()) {
                continue
            }
            let content = item["content"]?["application/json"]?["schema"]
            guard let schema = item["schema"] ?? content else {
                problems.append("\(place) (\(name)): has no schema")
                continue
            }
            var resolved = resolver.resolve(schema, at: "\(itemPlace).schema").object ?? [:]
            for keyword in ["description", "example"] where resolved[keyword] == nil {
                resolved[keyword] = item[keyword]
            }
            if let examples = item["examples"], resolved["examples"] == nil {
                let named = document.keys(of: examples, at: "\(itemPlace).examples")
                resolved["examples"] = .array(named.compactMap { examples[$0]?["value"] })
            }
            let style = item["style"]?.string ?? (location == .query ? "form" : "simple")
            let styles =
                location == .query ? ["form", "deepObject", "spaceDelimited", "pipeDelimited"] : ["simple"]
            guard content != nil || styles.contains(style) else {
                warnings.append(
                    "\(place) (\(name)).style: \"\(style)\" is not supported in: \(word); the operation is left out")
                isSendable = false
                continue
            }
            arguments.add(
                APIParameter(
                    argument: name, name: name, location: location, style: content == nil ? style : "json",
                    explode: item["explode"]?.bool ?? (style == "form")),
                schema: .object(resolved), isRequired: location == .path || item["required"] == .bool(true))
        }
        return isSendable
    }

    private static let template = TextPattern(#"\{([^}]+)\}"#)
    private static let variable = TextPattern(#"\{([^}]*)\}"#)

    private mutating func checkTemplates(_ path: String, _ arguments: ArgumentList, at place: String) {
        let templates = Set(Self.template.matches(in: path).map { String($0.text(1)) })
        let given = Set(arguments.parameters.filter { $0.location == .path }.map(\.name))
        for name in templates.subtracting(given).sorted() {
            problems.append("\(place).parameters: the path has {\(name)}, and no parameter in: path has that name")
        }
        for name in given.subtracting(templates).sorted() {
            problems.append("\(place).parameters: \(name) is in: path, and the path has no {\(name)}")
        }
    }

    /// - Returns: false where the operation cannot be called and is left out.
    private mutating func readBody(_ body: JSONValue?, at place: String, into arguments: inout ArgumentList) -> Bool {
        guard let body else { return true }
        guard let (body, bodyPlace) = resolver.target(body, at: place) else { return true }
        let isRequired = body["required"] == .bool(true)
        guard let content = body["content"], content.object != nil else {
            problems.append("\(place).content: is missing")
            return true
        }
        let types = document.keys(of: content, at: "\(bodyPlace).content")
        guard
            let type = types.first(where: {
                let type = $0.prefix { $0 != ";" }.lowercased()
                return ["application/json", "*/*", "application/*"].contains(type) || type.hasSuffix("+json")
            })
        else {
            warnings.append(
                "\(place).content: only JSON bodies are supported, not \(types.joined(separator: ", ")); the \(isRequired ? "operation" : "body") is left out"
            )
            return !isRequired
        }
        let schemaPlace = "\(bodyPlace).content.\(type).schema"
        guard let schema = content[type]?["schema"] else {
            problems.append("\(place).content.\(type): has no schema")
            return true
        }
        if !type.contains("*") { arguments.bodyType = type }
        let resolved = resolver.resolve(schema, at: schemaPlace)
        // What holds for the object as a whole would be lost if its members stood alone.
        let isPlain = ["anyOf", "oneOf", "allOf", "not", "patternProperties"].allSatisfy { resolved[$0] == nil }
        guard isPlain, let properties = resolved["properties"]?.object, !properties.isEmpty else {
            arguments.addBody(resolved, isRequired: isRequired)
            return true
        }
        arguments.isBodyRequired = isRequired
        let required = resolved["required"]?.array?.compactMap(\.string) ?? []
        for name in resolver.propertyOrder(of: schema, at: schemaPlace) {
            // What only the server may set is no argument.
            guard let property = properties[name], property["readOnly"] != .bool(true) else { continue }
            arguments.addMember(name, schema: property, isNeeded: required.contains(name))
        }
        return true
    }

    private mutating func readExamples(_ list: JSONValue?, at place: String) -> [Tool.Example] {
        guard let list else { return [] }
        guard let items = list.array else {
            warnings.append("\(place): must be a list of {question, arguments}; it is left out")
            return []
        }
        return items.enumerated().compactMap { index, item in
            guard let question = item["question"]?.string, let arguments = item["arguments"], arguments.object != nil
            else {
                warnings.append("\(place)[\(index)]: must be {question, arguments}; it is left out")
                return nil
            }
            return Tool.Example(question: question, arguments: arguments)
        }
    }

    // MARK: Servers

    private mutating func readServer(_ list: JSONValue?, at place: String) -> APIServer? {
        guard let list else { return nil }
        guard let items = list.array else {
            problems.append("\(place): must be a list")
            return nil
        }
        guard let first = items.first else { return nil }
        guard var url = first["url"]?.string else {
            problems.append("\(place)[0].url: is missing")
            return nil
        }
        for match in Self.variable.matches(in: url) {
            let name = String(match.text(1))
            guard let value = first["variables"]?[name]?["default"] else {
                problems.append("\(place)[0].variables.\(name): has no default, and the URL needs one")
                return nil
            }
            url = url.replacing("{\(name)}", with: value.string ?? value.text)
        }
        if url.hasPrefix("unix:") {
            // A document from elsewhere could otherwise reach any service of this machine.
            guard source?.hasPrefix("http") != true else {
                problems.append("\(place)[0].url: a Unix socket is taken only from a document in a file or sent inline")
                return nil
            }
            let parts = url.dropFirst(5).split(separator: ":", maxSplits: 1).map(String.init)
            guard let path = parts.first, path.hasPrefix("/") else {
                problems.append("\(place)[0].url: \"\(url)\" must be unix: and an absolute path")
                return nil
            }
            // unix:///run/x.sock is the same as unix:/run/x.sock.
            let socket = "/" + path.drop { $0 == "/" }
            return .unix(path: socket, base: parts.count > 1 ? Self.trimmed(parts[1]) : "")
        }
        guard !url.contains(where: { $0 == "?" || $0 == "#" }) else {
            problems.append("\(place)[0].url: \"\(url)\" has a query or fragment, and paths are to follow it")
            return nil
        }
        if let absolute = Self.absolute(url) { return .url(absolute) }
        if let scheme = URL(string: url)?.scheme {
            problems.append("\(place)[0].url: \"\(url)\" is no http, https or unix URL (\(scheme))")
            return nil
        }
        guard let source, source.hasPrefix("http"), let base = URL(string: source),
            let resolved = URL(string: url, relativeTo: base)
        else {
            problems.append(
                "\(place)[0].url: \"\(url)\" is relative, and the document was not read from a URL; write it whole")
            return nil
        }
        return .url(Self.trimmed(resolved.absoluteString))
    }

    /// Without servers an API is where its document is (OpenAPI 3.1, section 4.8.1).
    private mutating func defaultServer(at place: String) -> APIServer? {
        if let source, source.hasPrefix("http"), let url = URL(string: "/", relativeTo: URL(string: source)) {
            return .url(Self.trimmed(url.absoluteString))
        }
        // One line for the document, not one an operation.
        let problem = "servers: is missing; it says where the API is, such as [{url: https://api.example.com}]"
        if !problems.contains(problem), !problems.contains(where: { $0.contains("servers") }) {
            problems.append(problem)
        }
        return nil
    }

    private static func absolute(_ url: String) -> String? {
        guard let parsed = URL(string: url), let scheme = parsed.scheme, ["http", "https"].contains(scheme),
            parsed.host?.isEmpty == false
        else { return nil }
        return trimmed(url)
    }

    private static func trimmed(_ url: String) -> String {
        url.hasSuffix("/") ? String(url.dropLast()) : url
    }
}
