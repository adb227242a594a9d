public import Core

/// One operation of a plugin.
public struct OperationDetails: Sendable, Hashable, Codable {
    public var name: String
    public var description: String
    public var method: String
    public var path: String
    /// A JSON Schema of type object, `$ref` resolved.
    public var parameters: JSONValue

    public init(name: String, description: String, method: String, path: String, parameters: JSONValue) {
        self.name = name
        self.description = description
        self.method = method
        self.path = path
        self.parameters = parameters
    }
}
