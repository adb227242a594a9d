/// What somebody wants done, by what it does to the thing it is done to.
package struct Verbs: Codable, Sendable, Hashable {
    package var read: Set<String>
    package var create: Set<String>
    package var change: Set<String>
    package var delete: Set<String>
}
