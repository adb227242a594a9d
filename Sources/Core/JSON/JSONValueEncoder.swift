import Foundation

/// Makes a JSON value of an `Encodable` one as `JSONEncoder.squire` makes its text: dates in ISO 8601, members sorted by
/// name, nothing repeated. A `JSONValue` in it keeps its order.
struct JSONValueEncoder: Encoder {
    let slot: Slot
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// Where one value is put together. Containers of containers fill it after they were handed out.
    final class Slot {
        private enum State {
            case empty
            case value(JSONValue)
            case list([Slot])
            case object([(name: String, slot: Slot)])
        }

        private var state = State.empty

        func set(_ value: JSONValue) { state = .value(value) }

        func beginList() {
            if case .list = state { return }
            state = .list([])
        }

        func beginObject() {
            if case .object = state { return }
            state = .object([])
        }

        var count: Int {
            if case .list(let slots) = state { slots.count } else { 0 }
        }

        func append() -> Slot {
            let slot = Slot()
            guard case .list(var slots) = state else { return slot }
            // Not held twice while it grows, which would copy it.
            state = .empty
            slots.append(slot)
            state = .list(slots)
            return slot
        }

        func member(_ name: String) -> Slot {
            let slot = Slot()
            guard case .object(var members) = state else { return slot }
            state = .empty
            members.append((name, slot))
            state = .object(members)
            return slot
        }

        var result: JSONValue {
            switch state {
            case .empty: [:]
            case .value(let value): value
            case .list(let slots): .array(slots.map(\.result))
            case .object(let members):
                .object(JSONObject(members.sorted { $0.name < $1.name }.lazy.map { ($0.name, $0.slot.result) }))
            }
        }
    }

    static func value(of value: some Encodable) throws -> JSONValue {
        let encoder = JSONValueEncoder(slot: Slot(), codingPath: [])
        try encoder.encode(value)
        return encoder.slot.result
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        slot.beginObject()
        return KeyedEncodingContainer(JSONObjectEncoder<Key>(slot: slot, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        slot.beginList()
        return JSONArrayEncoder(slot: slot, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    /// The encoder of a value inside this one.
    static func encoder(for slot: Slot, _ path: [any CodingKey], _ key: any CodingKey) -> JSONValueEncoder {
        JSONValueEncoder(slot: slot, codingPath: path + [key])
    }
}

extension JSONValueEncoder: SingleValueEncodingContainer {
    func encodeNil() throws { slot.set(.null) }
    func encode(_ value: Bool) throws { slot.set(.bool(value)) }
    func encode(_ value: String) throws { slot.set(.string(value)) }

    func encode(_ value: Double) throws {
        guard value.isFinite else {
            throw EncodingError.invalidValue(
                value, EncodingError.Context(codingPath: codingPath, debugDescription: "\(value) has no JSON text"))
        }
        slot.set(Int(exactly: value).map(JSONValue.integer) ?? .number(value))
    }

    // The shortest digits that are this Float, and not those of the Double beside it.
    func encode(_ value: Float) throws {
        try encode(value.isFinite ? Double("\(value)") ?? Double(value) : Double(value))
    }

    func encode(_ value: Int) throws { slot.set(.integer(value)) }
    func encode(_ value: Int8) throws { slot.set(.integer(Int(value))) }
    func encode(_ value: Int16) throws { slot.set(.integer(Int(value))) }
    func encode(_ value: Int32) throws { slot.set(.integer(Int(value))) }
    func encode(_ value: Int64) throws { slot.set(.integer(Int(value))) }
    func encode(_ value: UInt) throws { slot.set(Int(exactly: value).map(JSONValue.integer) ?? .digits("\(value)")) }
    func encode(_ value: UInt8) throws { slot.set(.integer(Int(value))) }
    func encode(_ value: UInt16) throws { slot.set(.integer(Int(value))) }
    func encode(_ value: UInt32) throws { slot.set(.integer(Int(value))) }
    func encode(_ value: UInt64) throws { try encode(UInt(value)) }

    func encode<T: Encodable>(_ value: T) throws {
        switch value {
        case let value as JSONValue: slot.set(value)
        // What JSONEncoder writes in its own way.
        case let value as Date: slot.set(.string(value.formatted(.iso8601)))
        case let value as URL: slot.set(.string(value.absoluteString))
        case let value as Decimal: slot.set(try JSONValue(parsing: "\(value)"))
        case let value as Data: slot.set(.string(value.base64EncodedString()))
        default: try value.encode(to: self)
        }
    }
}

/// An object that is being put together.
struct JSONObjectEncoder<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let slot: JSONValueEncoder.Slot
    let codingPath: [any CodingKey]

    func encodeNil(forKey key: Key) throws { slot.member(key.stringValue).set(.null) }
    func encode<T: Encodable>(_ value: T, forKey key: Key) throws { try member(key).encode(value) }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type, forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> {
        member(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { member(key).unkeyedContainer() }
    func superEncoder() -> any Encoder { JSONValueEncoder(slot: slot.member("super"), codingPath: codingPath) }
    func superEncoder(forKey key: Key) -> any Encoder { member(key) }

    private func member(_ key: Key) -> JSONValueEncoder {
        JSONValueEncoder.encoder(for: slot.member(key.stringValue), codingPath, key)
    }
}

/// A list that is being put together.
struct JSONArrayEncoder: UnkeyedEncodingContainer {
    let slot: JSONValueEncoder.Slot
    let codingPath: [any CodingKey]
    var count: Int { slot.count }

    func encodeNil() throws { slot.append().set(.null) }
    func encode<T: Encodable>(_ value: T) throws { try item().encode(value) }

    func nestedContainer<NestedKey: CodingKey>(keyedBy type: NestedKey.Type) -> KeyedEncodingContainer<NestedKey> {
        item().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { item().unkeyedContainer() }
    func superEncoder() -> any Encoder { item() }

    private func item() -> JSONValueEncoder {
        JSONValueEncoder(slot: slot.append(), codingPath: codingPath)
    }
}
