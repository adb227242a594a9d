/// How much of a JSON text is read. What lies beyond a limit ends the reading with an error that names it.
package struct JSONLimits: Sendable, Hashable {
    /// The most bytes of the text.
    package var bytes: Int
    /// How deep lists and objects may stand in each other.
    package var depth: Int
    /// The most values: `[0,0]` holds three. A byte of text can become 20 bytes of memory, and this bounds them.
    package var values: Int

    package init(bytes: Int = 64 << 20, depth: Int = 512, values: Int = 2_000_000) {
        self.bytes = bytes
        self.depth = depth
        self.values = values
    }
}
