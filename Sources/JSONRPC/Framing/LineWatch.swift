/// What is known of a line while it comes.
struct LineWatch {
    /// Bytes since the watch was begun.
    private var bytes = 0
    /// Whether a line has ended since.
    private var hasEnded = false
    /// Bytes that are counted for it.
    private var held = 0

    mutating func begin() {
        bytes = 0
        hasEnded = false
    }

    mutating func received(_ count: Int) { bytes += count }

    mutating func ended() { hasEnded = true }

    /// Whether it is the line of the beginning still, and fewer bytes than these have come.
    func isSlow(_ least: Int) -> Bool { !hasEnded && bytes < least }

    /// - Returns: how many more bytes are held than before; below zero how many fewer.
    mutating func hold(_ count: Int) -> Int {
        defer { held = count }
        return count - held
    }

    /// Bytes that could not be had.
    mutating func returned(_ count: Int) { held -= count }

    /// - Returns: all that were held.
    mutating func release() -> Int {
        defer { held = 0 }
        return held
    }
}
