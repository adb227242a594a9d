import Core
import Foundation
import Hummingbird

/// Answers `/v1/models` and `/v1/models/{id}` (platform.openai.com/docs/api-reference/models).
struct ModelRoutes: Sendable {
    /// The chat model's first.
    let names: [String]
    /// When the gateway was made, in seconds since 1970.
    let created: Int

    func list() -> Response {
        .json(["object": "list", "data": .array(names.map(model))])
    }

    /// - Throws: `APIError` for a model there is not: here it is the name that is asked about.
    func model(_ context: GatewayContext) throws -> Response {
        let written = try context.parameters.require("id")
        let name = written.removingPercentEncoding ?? written
        guard names.contains(name) else {
            throw APIError(
                .notFound, "there is no model \"\(name)\"; there are \(names.joined(separator: ", "))",
                parameter: "model", code: "model_not_found")
        }
        return .json(model(name))
    }

    private func model(_ name: String) -> JSONValue {
        ["id": .string(name), "object": "model", "created": .integer(created), "owned_by": "squire"]
    }
}
