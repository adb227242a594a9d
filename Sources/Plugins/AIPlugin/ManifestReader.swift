import Core
import Foundation

/// Finds and reads what a plugin is registered by.
struct ManifestReader: Sendable {
    let fetcher: any HTTPFetching

    /// The texts of a manifest (if there is one) and of its OpenAPI document, and where they were read.
    struct Texts: Sendable {
        var source: String?
        var manifest: String?
        var document: String
        var documentSource: String?
    }

    /// - Parameter source: a path, or an http or https URL; a URL without a path is looked at for
    ///   `/.well-known/ai-plugin.json`.
    /// - Throws: `manifestUnreadable`, `manifestInvalid`, `CancellationError`.
    func read(source: String) async throws -> Texts {
        var source = source
        if isURL(source), let url = URL(string: source), url.path.isEmpty || url.path == "/" {
            source = (source.hasSuffix("/") ? String(source.dropLast()) : source) + "/.well-known/ai-plugin.json"
        } else if !isURL(source) {
            source = URL(fileURLWithPath: (source as NSString).expandingTildeInPath).standardizedFileURL.path
        }
        let text = try await load(source)
        let root = try Document(text, source: source).root
        guard AIPluginManifest.isOne(root) else {
            return Texts(source: source, manifest: nil, document: text, documentSource: source)
        }
        let manifest = try AIPluginManifest(root, isLocal: !isURL(source))
        let documentSource = try resolve(manifest.apiURL, relativeTo: source)
        return Texts(
            source: source, manifest: text, document: try await load(documentSource), documentSource: documentSource)
    }

    /// A manifest or an OpenAPI document that was sent whole.
    func read(inline document: JSONValue) async throws -> Texts {
        guard document.object != nil else {
            throw PluginError(.manifestInvalid, "document: must be an object: an OpenAPI document or a plugin manifest")
        }
        guard AIPluginManifest.isOne(document) else {
            return Texts(source: nil, manifest: nil, document: document.text, documentSource: nil)
        }
        let manifest = try AIPluginManifest(document, isLocal: false)
        guard isURL(manifest.apiURL) else {
            throw PluginError(
                .manifestInvalid,
                "api.url: \"\(manifest.apiURL)\" must be a whole URL in a manifest that is sent inline")
        }
        return Texts(
            source: nil, manifest: document.text, document: try await load(manifest.apiURL),
            documentSource: manifest.apiURL)
    }

    private func isURL(_ source: String) -> Bool {
        source.lowercased().hasPrefix("http://") || source.lowercased().hasPrefix("https://")
    }

    /// A manifest's `api.url` against the manifest's own place.
    private func resolve(_ target: String, relativeTo source: String) throws(PluginError) -> String {
        if isURL(target) { return target }
        if isURL(source) {
            guard let url = URL(string: target, relativeTo: URL(string: source)) else {
                throw PluginError(.manifestInvalid, "api.url: \"\(target)\" is no URL")
            }
            return url.absoluteString
        }
        if let url = URL(string: target), url.isFileURL { return url.path }
        return URL(fileURLWithPath: target, relativeTo: URL(fileURLWithPath: source)).standardizedFileURL.path
    }

    private func load(_ source: String) async throws -> String {
        guard isURL(source) else {
            do {
                return try String(contentsOfFile: source, encoding: .utf8)
            } catch {
                let exists = FileManager.default.fileExists(atPath: source)
                throw PluginError(
                    .manifestUnreadable,
                    exists ? "\(source) cannot be read as text; check its permissions" : "there is no file \(source)")
            }
        }
        let response: HTTPResponse
        do {
            response = try await fetcher.fetch(
                HTTPRequest(url: source, headers: [HTTPHeader("Accept", "application/json, application/yaml, */*")]))
        } catch let error as HTTPError {
            throw PluginError(.manifestUnreadable, error.message)
        }
        guard (200..<300).contains(response.status) else {
            throw PluginError(
                .manifestUnreadable, "\(source) answered with HTTP status \(response.status); check the URL")
        }
        return String(decoding: response.body, as: UTF8.self)
    }
}
