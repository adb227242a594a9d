import Core
import Foundation

/// Reads where an API is (OpenAPI 3.1, section 4.8.5), as far as the document may say.
struct ServerReader {
    /// Where the document was read; relative URLs resolve against it, and what it may name depends on it.
    let source: PluginSource
    private(set) var problems: [String] = []
    private(set) var warnings: [String] = []

    init(source: PluginSource) {
        self.source = source
    }

    /// The first server of a list; nil where there is none, or where `problems` says what is wrong.
    mutating func read(_ list: JSONValue?, at place: String) -> APIServer? {
        guard let list else { return nil }
        guard let items = list.array else {
            problems.append("\(place): must be a list")
            return nil
        }
        guard let first = items.first else { return nil }
        let place = "\(place)[0]"
        guard let template = first["url"]?.string else {
            problems.append("\(place).url: is missing")
            return nil
        }
        guard template.utf8.count <= Self.longest else { return tooLong(template.utf8.count, at: place) }
        guard let url = filled(template, from: first["variables"], at: place) else { return nil }
        guard url.utf8.count <= Self.longest else { return tooLong(url.utf8.count, at: place) }
        return WebURL.scheme(of: url) == "unix" ? socket(url, at: "\(place).url") : web(url, at: "\(place).url")
    }

    /// Bytes of an address.
    private static let longest = 2000

    private mutating func tooLong(_ bytes: Int, at place: String) -> APIServer? {
        problems.append("\(place).url: has \(bytes) bytes; an address has at most \(Self.longest)")
        return nil
    }

    /// With the defaults of its variables.
    private mutating func filled(_ template: String, from variables: JSONValue?, at place: String) -> String? {
        var url = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            guard let value = variables?[name]?["default"] else {
                problems.append("\(place).variables.\(name): has no default, and the URL needs one")
                return nil
            }
            url += rest[..<open] + (value.string ?? value.text)
            // What is too long already is told so.
            guard url.utf8.count <= Self.longest else { return url }
            rest = rest[rest.index(after: close)...]
        }
        return url + rest
    }

    /// Where an API without servers is: at its document's origin.
    mutating func readDefault() -> APIServer? {
        guard case .web(let base) = source.readingPlace else {
            problems.append("servers: is missing; it says where the API is, such as [{url: https://api.example.com}]")
            return nil
        }
        return .url(base.origin.text)
    }

    private mutating func socket(_ url: String, at place: String) -> APIServer? {
        // A document from elsewhere could otherwise reach any service of this machine.
        guard source.mayNameSocket else {
            problems.append("\(place): a Unix socket is taken only from a document in a file or sent inline")
            return nil
        }
        let parts = url.dropFirst("unix:".count).split(separator: ":", maxSplits: 1).map(String.init)
        guard let path = parts.first, path.hasPrefix("/") else {
            problems.append("\(place): \"\(url)\" must be unix: and an absolute path")
            return nil
        }
        // unix:///run/x.sock is the same as unix:/run/x.sock.
        let socket = "/" + path.drop { $0 == "/" }
        return .unix(path: socket, base: parts.count > 1 ? Self.trimmed(parts[1]) : "")
    }

    private mutating func web(_ text: String, at place: String) -> APIServer? {
        let shown = WebURL.shown(text)
        guard !text.contains(where: { $0 == "?" || $0 == "#" }) else {
            problems.append("\(place): \"\(shown)\" has a query or fragment, and paths are to follow it")
            return nil
        }
        let url: WebURL
        do throws(WebURL.Problem) {
            if WebURL.isMeant(by: text) {
                url = try WebURL(text)
            } else if let scheme = WebURL.scheme(of: text) {
                problems.append("\(place): \"\(shown)\" is no http, https or unix URL (\(scheme))")
                return nil
            } else if case .web(let base) = source.readingPlace {
                url = try base.resolving(text)
            } else {
                problems.append(
                    "\(place): \"\(shown)\" is relative, and the document was not read from a URL; write it whole")
                return nil
            }
        } catch {
            problems.append("\(place): \"\(shown)\" \(error.reason)")
            return nil
        }
        guard let kind = source.network.refuses(url.origin.host) else { return .url(Self.trimmed(url.text)) }
        if kind == .reserved, source.network == .owner {
            // The owner's own word is taken, and may be mended when the API is called.
            warnings.append("\(place): \"\(shown)\" is \(kind.phrase): calls will fail")
            return .url(Self.trimmed(url.text))
        }
        problems.append("\(place): \"\(shown)\" \(Place.refusal(kind, of: source, "document"))")
        return nil
    }

    private static func trimmed(_ url: String) -> String {
        url.hasSuffix("/") ? String(url.dropLast()) : url
    }
}
