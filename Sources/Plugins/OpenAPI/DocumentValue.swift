import Core

/// A value in a document, and where it stands.
struct DocumentValue: Sendable {
    let json: OrderedJSON
    let place: DocumentPlace

    subscript(name: String) -> DocumentValue? {
        json[name].map { DocumentValue(json: $0, place: place.member(name)) }
    }

    subscript(index: Int) -> DocumentValue? {
        guard let items = json.list, items.indices.contains(index) else { return nil }
        return DocumentValue(json: items[index], place: place.item(index))
    }

    var isObject: Bool {
        if case .object = json.content { true } else { false }
    }

    /// The names of an object's members, in the document's order.
    var names: some Collection<String> { json.names }

    /// The items of a list; nil where it is none.
    var items: [DocumentValue]? {
        json.list?.enumerated().map { DocumentValue(json: $1, place: place.item($0)) }
    }

    private var scalar: JSONValue? {
        if case .scalar(let value) = json.content { value } else { nil }
    }

    var string: String? { scalar?.string }
    var bool: Bool? { scalar?.bool }

    /// The value itself, without the order of its members.
    var value: JSONValue { json.value }
}
