/// What a model's file is loaded for.
package enum ModelPurpose: String, Sendable, Hashable, Codable {
    case chat
    case vectors
    case scores
}
