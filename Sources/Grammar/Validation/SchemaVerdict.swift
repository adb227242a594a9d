/// What a schema says of a value.
package struct SchemaVerdict: Sendable, Hashable {
    /// What is wrong with the value, each with its place (`a[1].age: must be an integer, not "old"`).
    package internal(set) var problems: [String] = []
    /// Keywords that nothing can be said about, each with its place in the schema's document.
    package internal(set) var unchecked: Set<String> = []

    /// Whether the value is certainly an instance of the schema.
    package var isInstance: Bool { problems.isEmpty && unchecked.isEmpty }
}
