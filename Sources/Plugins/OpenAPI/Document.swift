import Core
import Foundation
import Yams

/// A JSON or YAML document: its value, and the order in which each mapping's keys stand, which JSON's objects lose.
struct Document: Sendable {
    let root: JSONValue
    /// By the mapping's place (`paths./time.get`); the root's is empty.
    private var orders: [String: [String]] = [:]

    /// - Throws: `manifestUnreadable` where the text is neither JSON nor YAML.
    init(_ text: String, source: String) throws(PluginError) {
        do {
            // YAML holds JSON, and Yams keeps the order of keys.
            guard let node = try Yams.compose(yaml: text) else {
                throw PluginError(
                    .manifestUnreadable, "\(source) is empty; it should hold a manifest or an OpenAPI document")
            }
            var reading = Reading()
            root = try reading.value(of: node, at: "")
            orders = reading.orders
        } catch let error as PluginError {
            throw error
        } catch {
            // libyaml reads no surrogate pairs (`\ud83d\ude00`), which JSON may hold.
            if let value = try? JSONValue(parsing: text) {
                root = value
                return
            }
            let reason = "\(error)".split(separator: "\n").first.map(String.init) ?? ""
            throw PluginError(.manifestUnreadable, "\(source) is neither JSON nor YAML: \(reason)")
        }
        guard root.object != nil else {
            throw PluginError(.manifestUnreadable, "\(source) holds no manifest: an object is expected at its top")
        }
    }

    /// The keys of the mapping at a place, in the document's order; sorted where that is not known.
    func keys(of value: JSONValue, at place: String) -> [String] {
        let members = value.object ?? [:]
        guard let order = orders[place], Set(order) == Set(members.keys) else { return members.keys.sorted() }
        return order
    }

    /// The place of a member: `paths./time`, `parameters[0]`.
    static func place(_ parent: String, _ key: String) -> String {
        parent.isEmpty ? key : "\(parent).\(key)"
    }

    /// Turns Yams' nodes into values.
    private struct Reading {
        var orders: [String: [String]] = [:]
        /// A few aliases of aliases can stand for more values than there is memory.
        private var left = 1_000_000

        mutating func value(of node: Node, at place: String) throws(PluginError) -> JSONValue {
            left -= 1
            guard left > 0 else {
                throw PluginError(
                    .manifestUnreadable, "the document has more than a million values, its aliases followed")
            }
            switch node {
            case .mapping(let mapping):
                var members: [String: JSONValue] = [:]
                var order: [String] = []
                for (key, value) in mapping {
                    let name = key.scalar?.string ?? ""
                    order.append(name)
                    members[name] = try self.value(of: value, at: Document.place(place, name))
                }
                orders[place] = order
                return .object(members)
            case .sequence(let sequence):
                var items: [JSONValue] = []
                for (index, item) in sequence.enumerated() {
                    items.append(try value(of: item, at: "\(place)[\(index)]"))
                }
                return .array(items)
            case .scalar(let scalar): return Document.value(of: scalar)
            case .alias: return .null
            }
        }
    }

    /// YAML 1.2's core schema: only what looks like JSON's words and numbers is no string, so that Norway's `no` and
    /// dates stay text.
    private static func value(of scalar: Node.Scalar) -> JSONValue {
        guard scalar.style == .plain || scalar.style == .any else { return .string(scalar.string) }
        switch scalar.string {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default: break
        }
        // No pattern: a document has thousands of plain scalars, and its reading must not be felt at the start.
        if let integer = Int(scalar.string) { return .integer(integer) }
        // Double would read "inf", "nan" and hexadecimal too.
        if scalar.string.utf8.allSatisfy("0123456789+-.eE".utf8.contains), let number = Double(scalar.string),
            number.isFinite
        {
            return .number(number)
        }
        return .string(scalar.string)
    }
}
