extension DecodingError {
    /// What does not fit, beginning with the member's path: `` `sampling.topK`: expected a whole number, found a string ``.
    package var explanation: String {
        switch self {
        case .keyNotFound(let key, let context): "`\(path(context.codingPath + [key]))` is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            context.codingPath.isEmpty
                ? context.debugDescription : "`\(path(context.codingPath))`: \(context.debugDescription)"
        @unknown default: "\(self)"
        }
    }

    private func path(_ keys: [any CodingKey]) -> String {
        var path = ""
        for key in keys {
            if let index = key.intValue {
                path += "[\(index)]"
            } else {
                path += path.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
        return path
    }
}
