public import Core

/// Says whether the index of the documents holds together; `repair` makes anew what does not.
public enum DocumentCheck: RPCMethod {
    public static let name = "document/check"

    public struct Parameters: Sendable, Hashable, Codable {
        public var repair: Bool?

        public init(repair: Bool? = nil) {
            self.repair = repair
        }
    }

    public struct Result: Sendable, Hashable, Codable {
        public var documents: Int
        public var passages: Int
        public var embedded: Int
        /// What is wrong, a sentence each; empty where all is well.
        public var problems: [String]
        public var repaired: Bool

        public init(documents: Int, passages: Int, embedded: Int, problems: [String], repaired: Bool) {
            self.documents = documents
            self.passages = passages
            self.embedded = embedded
            self.problems = problems
            self.repaired = repaired
        }
    }
}
