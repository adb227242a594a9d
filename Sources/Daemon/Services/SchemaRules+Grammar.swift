import Core
import Gateway
import Grammar
import Synchronization

extension SchemaRules {
    /// What generation enforces, and what validation says of the rest.
    static var grammar: SchemaRules {
        let known = KnownSchemas()
        return SchemaRules(
            unenforced: { try known.unenforced($0) },
            verdict: { value, schema in
                let verdict = SchemaValidator.verdict(on: value, of: schema, name: "the text")
                return Verdict(problems: verdict.problems, unchecked: verdict.unchecked.sorted())
            },
            cleaned: { SchemaCleaning.cleaned($0) })
    }
}

/// What is known of schemas: a client sends the same tools with every request.
private final class KnownSchemas: Sendable {
    private static let most = 256
    /// Larger ones are not kept.
    private static let mostBytes = 64 << 10

    /// Written by the tasks of requests, for a lookup each.
    private let known = Mutex<[JSONValue: Result<[String], GrammarError>]>([:])

    func unenforced(_ schema: JSONValue) throws(GrammarError) -> [String] {
        guard Self.size(of: schema) <= Self.mostBytes else { return try CompiledGrammar(.schema(schema)).unenforced }
        if let found = known.withLock({ $0[schema] }) { return try found.get() }
        let found = Result { () throws(GrammarError) in try CompiledGrammar(.schema(schema)).unenforced }
        known.withLock { known in
            if known.count >= Self.most { known = [:] }
            known[schema] = found
        }
        return try found.get()
    }

    /// About how many bytes a value takes, counted up to what is too many.
    private static func size(of value: JSONValue) -> Int {
        var size = 0
        var open = [value]
        while let value = open.popLast(), size <= mostBytes {
            size += 48
            switch value {
            case .string(let text): size += text.utf8.count
            case .array(let items): open += items
            case .object(let members):
                for (name, member) in members {
                    size += name.utf8.count
                    open.append(member)
                }
            default: break
            }
        }
        return size
    }
}
