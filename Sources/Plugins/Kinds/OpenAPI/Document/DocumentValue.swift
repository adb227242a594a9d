import Core

/// A value in a document, and where it stands.
struct DocumentValue: Sendable {
    let value: JSONValue
    let place: DocumentPlace

    subscript(name: String) -> DocumentValue? {
        value[name].map { DocumentValue(value: $0, place: place.member(name)) }
    }

    subscript(index: Int) -> DocumentValue? {
        guard let items = value.array, items.indices.contains(index) else { return nil }
        return DocumentValue(value: items[index], place: place.item(index))
    }

    var isObject: Bool {
        if case .object = value { true } else { false }
    }

    /// The names of an object's members, in the document's order.
    var names: [String] { value.object?.keys ?? [] }

    /// The items of a list; nil where it is none.
    var items: [DocumentValue]? {
        value.array?.enumerated().map { DocumentValue(value: $1, place: place.item($0)) }
    }

    var string: String? { value.string }
    var bool: Bool? { value.bool }
}
