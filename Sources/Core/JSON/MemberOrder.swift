/// The order in which a JSON text names the properties of its tools' schemas, which decoding forgets.
package struct MemberOrder: Sendable {
    /// By where the object stands: `tools[0].function.parameters.properties`.
    private var orders: [String: [String]] = [:]

    /// - Parameter json: a valid JSON text; of another, what is found is of no use, and does no harm.
    package init(_ json: [UInt8]) {
        var scan = Scan(json: json)
        scan.run()
        orders = scan.orders
    }

    /// The names of an object's members, in the text's order where that is known, else in the alphabet's.
    package func names(of members: [String: JSONValue], at place: String) -> [String] {
        guard let order = orders[place], Set(order) == Set(members.keys) else { return members.keys.sorted() }
        return order
    }

    private struct Scan {
        enum Container {
            case object(key: String)
            case array(index: Int)
        }

        let json: [UInt8]
        var orders: [String: [String]] = [:]
        private var open: [Container] = []
        /// The names of the open objects that are the properties of a schema, innermost last.
        private var names: [[String]] = []
        /// Whether the next string is a member's name.
        private var expectsName = false

        init(json: [UInt8]) { self.json = json }

        mutating func run() {
            var position = 0
            while position < json.count {
                switch json[position] {
                case UInt8(ascii: "{"):
                    open.append(.object(key: ""))
                    if isOfSchema { names.append([]) }
                    expectsName = true
                case UInt8(ascii: "["): open.append(.array(index: 0))
                case UInt8(ascii: "}"), UInt8(ascii: "]"): close()
                case UInt8(ascii: ","): advance()
                case UInt8(ascii: "\""):
                    let start = position
                    position += 1
                    while position < json.count, json[position] != UInt8(ascii: "\"") {
                        position += json[position] == UInt8(ascii: "\\") ? 2 : 1
                    }
                    if expectsName, position < json.count { name(json[start...position]) }
                default: break
                }
                position += 1
            }
        }

        private mutating func name(_ quoted: ArraySlice<UInt8>) {
            guard case .object? = open.last else { return }
            let text =
                quoted.contains(UInt8(ascii: "\\"))
                ? (try? JSONValue(parsing: Array(quoted)))?.string ?? ""
                : String(decoding: quoted.dropFirst().dropLast(), as: UTF8.self)
            // Only what is asked for later is kept.
            if isOfSchema, !names.isEmpty { names[names.count - 1].append(text) }
            open[open.count - 1] = .object(key: text)
            expectsName = false
        }

        private mutating func advance() {
            switch open.last {
            case .array(let index)?: open[open.count - 1] = .array(index: index + 1)
            case .object?: expectsName = true
            case nil: break
            }
        }

        private mutating func close() {
            expectsName = false
            if isOfSchema, let names = names.popLast() {
                var seen: Set<String> = []
                orders[place] = names.filter { seen.insert($0).inserted }
            }
            _ = open.popLast()
        }

        /// Whether the innermost object is the `properties` of a tool's parameters.
        private var isOfSchema: Bool {
            // {"tools": [{"function": {"parameters": {"properties": {, a level less in OpenAI's Responses form, and a tool
            // by itself in suites of questions.
            guard (4...6).contains(open.count), case .object = open[open.count - 1],
                case .object("parameters") = open[open.count - 3], case .object("properties") = open[open.count - 2]
            else { return false }
            return true
        }

        /// Where the innermost object stands.
        private var place: String {
            var place = ""
            for container in open.dropLast() {
                switch container {
                case .object(let key): place += place.isEmpty ? key : ".\(key)"
                case .array(let index): place += "[\(index)]"
                }
            }
            return place
        }
    }
}
