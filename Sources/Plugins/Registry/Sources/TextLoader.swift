import Core
import Foundation

/// Loads the texts of manifests and documents, from files and over the network.
struct TextLoader: Sendable {
    let fetcher: any HTTPFetching

    /// The most bytes a manifest or a document may have.
    private static let sizeLimit = 16 << 20

    /// A text, and where it really was.
    struct Loaded: Sendable {
        var text: String
        var source: PluginSource
        /// What is written relative in it counts from here.
        var place: Place
    }

    /// - Parameter network: what the one who named the place may reach.
    /// - Throws: `manifestUnreadable`, `manifestUnreachable`, `CancellationError`.
    func load(_ place: Place, network: NetworkPolicy) async throws -> Loaded {
        switch place {
        case .file(let path): Loaded(text: try Self.read(path), source: .file(path), place: place)
        case .web(let url): try await fetch(url, network)
        }
    }

    static func read(_ path: String) throws(PluginError) -> String {
        // No device or pipe, which might never end.
        let attributes = try? FileManager.default.attributesOfItem(
            atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
        if let attributes, attributes[.type] as? FileAttributeType != .typeRegular {
            throw PluginError(.manifestUnreadable, "\(path) is no file")
        }
        if let size = attributes?[.size] as? Int, size > sizeLimit {
            throw PluginError(.manifestUnreadable, "\(path) has \(size) bytes; at most \(sizeLimit) are read")
        }
        do {
            return try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            let exists = FileManager.default.fileExists(atPath: path)
            throw PluginError(
                .manifestUnreadable,
                exists ? "\(path) cannot be read as text; check its permissions" : "there is no file \(path)",
                cause: error)
        }
    }

    private func fetch(_ url: WebURL, _ network: NetworkPolicy) async throws -> Loaded {
        let response: HTTPResponse
        do {
            response = try await fetcher.fetch(
                HTTPRequest(
                    url: url.text, headers: [HTTPHeader("Accept", "application/json, application/yaml, */*")],
                    limits: HTTPLimits(responseBytes: Self.sizeLimit), network: network, redirects: .publicOrigins))
        } catch let error as HTTPError {
            throw PluginError(.manifestUnreachable, error.message, cause: error)
        }
        guard (200..<300).contains(response.status) else {
            throw PluginError(
                .manifestUnreadable,
                "\(WebURL.shown(url.text)) answered with HTTP status \(response.status); check the URL")
        }
        return Loaded(
            text: String(decoding: response.body, as: UTF8.self),
            source: .url(response.url, from: response.addressClass),
            place: (try? WebURL(response.url)).map(Place.web) ?? .web(url))
    }
}
