/// Words of APIs' documents and results that are names in a program.
package struct DocumentWords: Codable, Sendable, Hashable {
    /// Members of a result in which a plugin says its answer as a sentence, the likeliest first.
    package var summaries: [String]
    /// Those of them that are there for nothing else: a `text` or a `message` may be what the result is about.
    package var answers: Set<String>
    /// Members that say something of what stands beside them, for programs: `meta`.
    package var wrappings: Set<String>
    /// Members by which APIs tell one thing from others, the most readable first.
    package var identifying: [String]
    /// Words of members that count a list of which a result holds a part: `total`.
    package var totals: Set<String>
    /// Parts of a path that say nothing of what an operation is about.
    package var pathWords: Set<String>
    /// What names of parameters for dates end with, and how descriptions say the form that is meant.
    package var dateNames: [String]
    package var isoDates: [String]
}
