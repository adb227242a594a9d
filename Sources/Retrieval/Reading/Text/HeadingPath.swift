/// The headings over the place a reader has come to.
struct HeadingPath {
    private var open: [(level: Int, text: String)] = []

    var texts: [String] { open.map(\.text) }

    /// Ends the sections a heading of this level ends, before the heading's own block is made.
    mutating func close(to level: Int) {
        open.removeAll { $0.level >= level }
    }

    mutating func enter(_ text: String, level: Int) {
        close(to: level)
        open.append((level, text))
    }
}
