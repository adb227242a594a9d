import Core
import Foundation

/// Finds and reads what a plugin is registered by.
struct ManifestReader: Sendable {
    let fetcher: any HTTPFetching
    /// Where documents are parsed.
    let reading: ReadingThread

    /// The most bytes a manifest or a document may have.
    private static let sizeLimit = 16 << 20

    /// The texts of a manifest (if there is one) and of its OpenAPI document, and where they were read.
    struct Texts: Sendable {
        var source: String?
        var manifest: String?
        var document: String
        var documentSource: String?
        /// The document, where it was parsed already to see what it is.
        var parsed: Document?
    }

    /// - Parameter source: a path, or an http or https URL; a URL without a path is looked at for
    ///   `/.well-known/ai-plugin.json`.
    /// - Throws: `manifestUnreadable`, `manifestUnreachable`, `manifestInvalid`, `CancellationError`.
    func read(source: String) async throws -> Texts {
        let (source, text) = try await find(source)
        let parsed = try await reading.run { try Document(text, source: source) }
        guard AIPluginManifest.isOne(parsed.outline) else {
            return Texts(source: source, manifest: nil, document: text, documentSource: source, parsed: parsed)
        }
        let manifest = AIPluginManifest(parsed.root, isLocal: !isURL(source))
        // Without it there is no document to look for more problems in.
        guard !manifest.apiURL.isEmpty else {
            throw PluginError(.manifestInvalid, manifest.problems.joined(separator: "\n"))
        }
        let documentSource = try resolve(manifest.apiURL, relativeTo: source)
        return Texts(
            source: source, manifest: text, document: try await load(documentSource), documentSource: documentSource)
    }

    /// The manifest or document that a path or URL stands for: of a folder its `ai-plugin.json`, of a site's address
    /// the one at the well-known place, or else what is at the address itself.
    private func find(_ source: String) async throws -> (source: String, text: String) {
        guard isURL(source) else {
            let path = URL(fileURLWithPath: (source as NSString).expandingTildeInPath).standardizedFileURL.path
            var isFolder: ObjCBool = false
            _ = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            let file = isFolder.boolValue ? path + "/ai-plugin.json" : path
            return (file, try await load(file))
        }
        guard let url = URL(string: source), url.path.isEmpty || url.path == "/" else {
            return (source, try await load(source))
        }
        let wellKnown = (source.hasSuffix("/") ? String(source.dropLast()) : source) + "/.well-known/ai-plugin.json"
        do {
            return (wellKnown, try await load(wellKnown))
        } catch let error as PluginError {
            guard let text = try? await load(source),
                (try? await reading.run { try Document(text, source: source) }) != nil
            else { throw error }
            return (source, text)
        }
    }

    /// A manifest or an OpenAPI document that was sent whole.
    func read(inline document: JSONValue) async throws -> Texts {
        guard document.object != nil else {
            throw PluginError(.manifestInvalid, "document: must be an object: an OpenAPI document or a plugin manifest")
        }
        guard AIPluginManifest.isOne(document) else {
            return Texts(source: nil, manifest: nil, document: document.text, documentSource: nil)
        }
        let manifest = AIPluginManifest(document, isLocal: false)
        guard !manifest.apiURL.isEmpty else {
            throw PluginError(.manifestInvalid, manifest.problems.joined(separator: "\n"))
        }
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
            // A manifest from elsewhere names no file of this machine.
            guard let url = URL(string: target, relativeTo: URL(string: source)), isURL(url.absoluteString) else {
                throw PluginError(.manifestInvalid, "api.url: \"\(target)\" is no http or https URL")
            }
            return url.absoluteString
        }
        if let url = URL(string: target), url.isFileURL { return url.path }
        return URL(fileURLWithPath: target, relativeTo: URL(fileURLWithPath: source)).standardizedFileURL.path
    }

    private func load(_ source: String) async throws -> String {
        guard isURL(source) else {
            // No device or pipe, which might never end.
            let attributes = try? FileManager.default.attributesOfItem(
                atPath: URL(fileURLWithPath: source).resolvingSymlinksInPath().path)
            if let attributes, attributes[.type] as? FileAttributeType != .typeRegular {
                throw PluginError(.manifestUnreadable, "\(source) is no file")
            }
            if let size = attributes?[.size] as? Int, size > Self.sizeLimit {
                throw PluginError(
                    .manifestUnreadable, "\(source) has \(size) bytes; at most \(Self.sizeLimit) are read")
            }
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
                HTTPRequest(
                    url: source, headers: [HTTPHeader("Accept", "application/json, application/yaml, */*")],
                    limits: HTTPLimits(responseBytes: Self.sizeLimit)))
        } catch let error as HTTPError {
            throw PluginError(.manifestUnreachable, error.message)
        }
        guard (200..<300).contains(response.status) else {
            throw PluginError(
                .manifestUnreadable, "\(source) answered with HTTP status \(response.status); check the URL")
        }
        return String(decoding: response.body, as: UTF8.self)
    }
}
