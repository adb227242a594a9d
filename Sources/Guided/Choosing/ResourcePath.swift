import Core
import Understanding

/// The path of an operation as the things that it leads through: `/items/{item_id}/stock` is the `stock` of one item.
struct ResourcePath: Sendable, Hashable {
    private let segments: [Substring]

    init?(of tool: Tool) {
        guard let path = tool.origin?.path else { return nil }
        segments = path.split(separator: "/")
    }

    /// The parameter that the last segment is; nil where that is none.
    var lastParameter: String? { segments.last.flatMap(Self.parameter) }

    /// The words after the last parameter; empty where nothing stands there, or no parameter before.
    var tail: String {
        guard let last = segments.lastIndex(where: { Self.parameter($0) != nil }) else { return "" }
        return segments[(last + 1)...].joined(separator: " ")
    }

    /// Whether this is the list of what the other is one of: `/items` of `/items/{item_id}`.
    func lists(_ other: ResourcePath) -> Bool {
        other.lastParameter != nil && other.segments.dropLast() == segments[...]
    }

    private static func parameter(_ segment: Substring) -> String? {
        guard let open = segment.firstIndex(of: "{"), let close = segment.lastIndex(of: "}"), open < close else {
            return nil
        }
        return String(segment[segment.index(after: open)..<close])
    }
}
