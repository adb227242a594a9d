/// What a generated text must be: the model chooses among the tokens that can still lead there.
package indirect enum Constraint: Sendable, Hashable {
    /// Exactly this.
    case text(String)
    /// One of these.
    case choice([Constraint])
    /// These, one after another.
    case sequence([Constraint])
    /// This, at least `least` times and at most `most`; nil is without end.
    case repeated(Constraint, least: Int, most: Int?)
    /// A JSON value that is an instance of a JSON Schema (2020-12, and OpenAPI's subset of it), written on one line with
    /// a space after each colon and comma. References (`$ref`) lead into `document`, which is the schema itself where nil.
    case schema(JSONValue, document: JSONValue?)
    /// A sentence of a grammar in llama.cpp's notation (GBNF, `grammars/README.md`).
    case grammar(String)

    package static func schema(_ schema: JSONValue) -> Constraint { .schema(schema, document: nil) }
}
