/// How much of a document is read at most, so that no file can take all memory or time.
package struct ReadLimits: Sendable, Hashable {
    /// Of a file.
    package var bytes: Int
    /// That a container may unpack to, and a converter may write.
    package var unpackedBytes: Int
    /// Unicode scalars of text that are kept; the rest is an omission of the document.
    package var characters: Int
    /// Blocks that are kept; the rest is an omission of the document.
    package var blocks: Int
    /// That converting one document may take.
    package var converterTime: Duration
    /// Of elements, members and parts in one another.
    package var nesting: Int

    package init(
        bytes: Int = 64 << 20, unpackedBytes: Int = 256 << 20, characters: Int = 32 << 20, blocks: Int = 2_000_000,
        converterTime: Duration = .seconds(60), nesting: Int = 256
    ) {
        // Offsets of lines are kept in 32 bits.
        self.bytes = min(bytes, Int(Int32.max))
        self.unpackedBytes = min(unpackedBytes, Int(Int32.max))
        self.characters = characters
        self.blocks = blocks
        self.converterTime = converterTime
        self.nesting = nesting
    }
}
