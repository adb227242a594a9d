import Core
import Grammar

extension JSONValue {
    /// Whether the value is allowed with its members in some order; nil where there were too many to try.
    func isAllowed(by automaton: TokenAutomaton) -> Bool? {
        var orders = MemberOrders()
        let isAllowed = orders.write(self, Matcher(automaton)) { _, matcher in matcher.mayEnd }
        return isAllowed || orders.steps < MemberOrders.mostSteps ? isAllowed : nil
    }
}

/// Writes a value as Squire does, and tries other orders of members where what comes later fails.
private struct MemberOrders {
    typealias Next = (inout MemberOrders, Matcher) -> Bool

    static let mostSteps = 20_000
    private(set) var steps = 0

    mutating func write(_ value: JSONValue, _ matcher: Matcher, _ next: Next) -> Bool {
        switch value {
        case .array(let items):
            accept("[", matcher) { $0.write(items[...], isFirst: true, $1, next) }
        case .object(let members):
            accept("{", matcher) { $0.write(members, isFirst: true, $1, next) }
        case .string(let text): accept(Self.quoted(text), matcher, next)
        default: accept(value.text, matcher, next)
        }
    }

    private mutating func accept(_ text: String, _ matcher: Matcher, _ next: Next) -> Bool {
        steps += 1
        var matcher = matcher
        return steps < Self.mostSteps && matcher.accept(bytes: text.utf8) && next(&self, matcher)
    }

    private mutating func write(
        _ items: ArraySlice<JSONValue>, isFirst: Bool, _ matcher: Matcher, _ next: Next
    ) -> Bool {
        guard let item = items.first else { return accept("]", matcher, next) }
        return accept(isFirst ? "" : ", ", matcher) {
            $0.write(item, $1) { $0.write(items.dropFirst(), isFirst: false, $1, next) }
        }
    }

    private mutating func write(
        _ members: JSONObject, isFirst: Bool, _ matcher: Matcher, _ next: Next
    ) -> Bool {
        if members.isEmpty { return accept("}", matcher, next) }
        for name in members.keys.sorted() {
            var rest = members
            guard let value = rest.removeValue(forKey: name) else { continue }
            let isWritten = accept((isFirst ? "" : ", ") + Self.quoted(name) + ": ", matcher) {
                $0.write(value, $1) { $0.write(rest, isFirst: false, $1, next) }
            }
            if isWritten { return true }
        }
        return false
    }

    private static func quoted(_ text: String) -> String {
        let escapes: [Unicode.Scalar: String] = [
            "\"": "\\\"", "\\": "\\\\", "\n": "\\n", "\u{7f}": "\\u007f",
        ]
        return "\"" + text.unicodeScalars.map { escapes[$0] ?? String($0) }.joined() + "\""
    }
}
