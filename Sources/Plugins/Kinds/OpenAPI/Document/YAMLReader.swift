import Core

/// Makes one value of a YAML text: aliases and merge keys followed, of keys that are there twice the last one, tags
/// without effect but for `!!str`.
struct YAMLReader {
    struct Failure: Error {
        var reason: String
        /// From 1.
        var line: Int
    }

    private(set) var repeated: [RepeatedName] = []
    /// The lines of keys that are lists or mappings.
    private(set) var unusableKeys: [Int] = []

    private var open: [Collection] = []
    private var anchors: [String: Sized] = [:]
    private var count = 0
    private var root: Sized?
    private var budget = ReadingBudget()

    /// More are not told.
    private static let mostTold = 100

    /// A value, and how many there are in it.
    private struct Sized {
        var value: JSONValue
        var size: Int
        /// Where it begins, from 1.
        var line: Int
    }

    /// A list or mapping that is not read to its end.
    private struct Collection {
        var isMapping: Bool
        var anchor: String?
        var line: Int
        var size = 1
        var items: [JSONValue] = []
        var members: JSONObject = [:]
        /// Of a mapping: the key of the value that comes next.
        var key: Key?
        var merged: [JSONValue] = []
    }

    private enum Key {
        case name(String)
        /// `<<`: the members of the value become members here.
        case merge
        /// A list or a mapping, which JSON's names cannot be.
        case unusable
    }

    /// Reads the text's only document; nil where it is empty.
    ///
    /// - Throws: `Failure`; `CancellationError`, `PluginError` where the budget is used up.
    mutating func read(_ text: String) throws -> JSONValue? {
        let events = YAMLEvents(text)
        var documents = 0
        do {
            while true {
                let event = try events.next()
                let line = events.line
                try budget.check(.root)
                switch event {
                case .scalar(let text, let isPlain, let tag, let anchor):
                    let isKey = open.last.map { $0.isMapping && $0.key == nil } ?? false
                    if isKey, isPlain, text == "<<" {
                        open[open.count - 1].key = .merge
                    } else {
                        let value: JSONValue =
                            isKey ? .string(text) : YAMLScalar.value(text, isPlain: isPlain, tag: tag)
                        try add(Sized(value: value, size: 1, line: line), anchor: anchor)
                    }
                case .alias(let name):
                    guard let anchored = anchors[name] else {
                        throw Failure(reason: "*\(name) names nothing that is complete before it", line: line)
                    }
                    try add(anchored, anchor: nil, line: line)
                case .listBegins(let anchor): try begin(isMapping: false, anchor, line)
                case .mappingBegins(let anchor): try begin(isMapping: true, anchor, line)
                case .ends: try end()
                case .documentBegins:
                    documents += 1
                    if documents > 1 { throw Failure(reason: "a second document begins", line: line) }
                case .documentEnds: break
                case .streamEnds: return root?.value
                }
            }
        } catch let failure as YAMLEvents.Failure {
            throw Failure(reason: failure.reason, line: failure.line)
        }
    }

    private mutating func begin(isMapping: Bool, _ anchor: String?, _ line: Int) throws(Failure) {
        guard open.count < ReadingBudget.depth else {
            throw Failure(
                reason: "lists and mappings are nested more than \(ReadingBudget.depth) deep", line: line)
        }
        open.append(Collection(isMapping: isMapping, anchor: anchor, line: line))
    }

    private mutating func end() throws(Failure) {
        guard var collection = open.popLast() else { return }
        let value: JSONValue
        if collection.isMapping {
            // What stands in a mapping itself goes before what is merged into it, and earlier ones before later ones.
            for merged in collection.merged {
                for source in merged.array ?? [merged] {
                    guard case .object(let members) = source else { continue }
                    for (name, value) in members where collection.members[name] == nil {
                        collection.members[name] = value
                    }
                }
            }
            value = .object(collection.members)
        } else {
            value = .array(collection.items)
        }
        try add(
            Sized(value: value, size: collection.size, line: collection.line),
            anchor: collection.anchor, isCounted: true)
    }

    /// Puts a whole value where it belongs.
    private mutating func add(
        _ node: Sized, anchor: String?, line: Int? = nil, isCounted: Bool = false
    ) throws(Failure) {
        let line = line ?? node.line
        // The parts of a collection were counted one by one.
        count += isCounted ? 1 : node.size
        guard count <= ReadingBudget.values else {
            throw Failure(reason: "there are more than a million values, its aliases followed", line: line)
        }
        if let anchor { anchors[anchor] = node }
        guard let last = open.indices.last else {
            root = node
            return
        }
        open[last].size += node.size
        guard open[last].isMapping else {
            open[last].items.append(node.value)
            return
        }
        guard let key = open[last].key else {
            open[last].key = name(of: node.value, line)
            return
        }
        open[last].key = nil
        switch key {
        case .name(let name):
            if open[last].members.updateValue(node.value, forKey: name) != nil, repeated.count < Self.mostTold {
                repeated.append(RepeatedName(name: name, line: line))
            }
        case .merge: open[last].merged.append(node.value)
        case .unusable: break
        }
    }

    private mutating func name(of key: JSONValue, _ line: Int) -> Key {
        switch key {
        case .string(let name): return .name(name)
        case .array, .object:
            if unusableKeys.count < Self.mostTold { unusableKeys.append(line) }
            return .unusable
        // An alias of a number.
        default: return .name(key.text)
        }
    }
}
