public import Core

/// The models that are loaded, and those in the models folder.
public enum ModelList: RPCMethod {
    public static let name = "model/list"

    public typealias Parameters = RPCNothing

    public struct Result: Sendable, Hashable, Codable {
        public var models: [ModelSummary]

        public init(models: [ModelSummary]) {
            self.models = models
        }
    }
}
