import Core

/// One operation of an API: the tool it becomes, and how a call of it is sent.
struct APIOperation: Sendable {
    var tool: Tool
    var method: String
    /// With its templates: `/cities/{city}/time`.
    var path: String
    var server: APIServer
    /// Which addresses it may be sent to, by where its document was read.
    var network: NetworkPolicy
    var parameters: [APIParameter]
    /// Whether the body is one argument, `body`, and not an object whose members are arguments.
    var hasWholeBody: Bool
    /// Whether a body is sent also where no argument of it is given.
    var isBodyRequired: Bool
    /// The arguments that a body must have, if there is one at all.
    var neededInBody: [String]
    /// The media type of the body: JSON, or one of those made of it.
    var bodyType: String
    /// Whether it is told the asker's time zone.
    var takesTimeZone = false
}

/// Where an argument goes in a request (OpenAPI 3.1, section 4.8.12).
struct APIParameter: Sendable, Hashable {
    enum Location: String, Sendable {
        case path
        case query
        case header
        case body
    }

    /// Its name among the tool's arguments.
    var argument: String
    /// Its name in the request.
    var name: String
    var location: Location
    var style: String
    var explode: Bool
}

/// Where an API is.
enum APIServer: Sendable, Hashable {
    /// An absolute URL without a slash at its end.
    case url(String)
    /// A Unix socket, and the path before all paths.
    case unix(path: String, base: String)

    /// As a manifest writes it.
    var text: String {
        switch self {
        case .url(let url): url
        case .unix(let path, let base): base.isEmpty ? "unix:\(path)" : "unix:\(path):\(base)"
        }
    }
}

/// What an OpenAPI document describes.
struct API: Sendable {
    var title: String
    var description: String
    var operations: [APIOperation]
    var warnings: [String]
}
