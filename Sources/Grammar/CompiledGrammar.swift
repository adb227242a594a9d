package import Core

/// A constraint as an automaton over bytes. Immutable, and independent of any vocabulary.
package final class CompiledGrammar: Sendable {
    let program: Program
    /// Schema keywords that are not enforced, each with its place (`/properties/city/not`), in order.
    package let unenforced: [String]

    /// - Throws: `grammarInvalid`, `schemaInvalid`; `schemaUnsatisfiable` where no text at all is allowed.
    package init(_ constraint: Constraint) throws(GrammarError) {
        var builder = Builder()
        let root = try builder.expression(for: constraint)
        // What is wrong with a program made of a schema is wrong with the schema.
        let invalid: GrammarError.Code = builder.isSchema && !builder.isGrammar ? .schemaInvalid : .grammarInvalid
        let program: Program?
        do throws(GrammarError) {
            program = try Program(builder.rules, root: root)
        } catch {
            throw GrammarError(invalid, error.message)
        }
        guard let program else {
            let reason =
                builder.contradictions.first ?? "no text belongs to it; look for rules that only lead to themselves"
            throw GrammarError(builder.isSchema ? .schemaUnsatisfiable : .grammarInvalid, reason)
        }
        guard ByteMachine(program).start != ByteMachine.exhausted else {
            throw GrammarError(invalid, "a text of it can begin in too many ways; make it simpler")
        }
        self.program = program
        unenforced = builder.unenforced.sorted()
    }

    private struct Builder {
        var rules = RuleSet()
        var unenforced: Set<String> = []
        var contradictions: [String] = []
        var isSchema = false
        var isGrammar = false

        mutating func expression(for constraint: Constraint) throws(GrammarError) -> Expression {
            switch constraint {
            case .text(let text): return .literal(text)
            case .choice(let choices): return .factored(try expressions(for: choices))
            case .sequence(let parts): return .sequence(try expressions(for: parts))
            case .repeated(let body, let least, let most):
                guard least >= 0, most.map({ $0 >= least }) ?? true else {
                    throw GrammarError(
                        .grammarInvalid, "a repetition of at least \(least) and at most \(most ?? 0) is none")
                }
                return .repeated(try expression(for: body), least: least, most: most)
            case .schema(let schema, let document):
                isSchema = true
                var compiler = SchemaCompiler(document: document ?? schema, rules: rules)
                let expression = try compiler.expression(for: schema, at: "")
                rules = compiler.rules
                unenforced.formUnion(compiler.unenforced)
                contradictions += compiler.contradictions
                return expression
            case .grammar(let text):
                isGrammar = true
                let (read, root) = try GrammarNotation.read(text, into: rules)
                rules = read
                return .rule(root)
            }
        }

        private mutating func expressions(for constraints: [Constraint]) throws(GrammarError) -> [Expression] {
            var expressions: [Expression] = []
            for constraint in constraints { expressions.append(try expression(for: constraint)) }
            return expressions
        }
    }
}
