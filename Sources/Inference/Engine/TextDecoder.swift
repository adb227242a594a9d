/// Turns the bytes of generated tokens into text: whole characters only, and nothing that may still turn out to be the
/// beginning of a stop sequence.
struct TextDecoder {
    /// Bytes that are not part of `text` yet: an unfinished character, or what may become a stop sequence.
    private var pending: [UInt8] = []
    private let stops: [[UInt8]]
    private let keepsStop: Bool
    private(set) var isStopped = false

    /// - Parameters:
    ///   - stops: texts that end the generation; empty ones are ignored.
    ///   - keepsStop: whether the one that did is a part of it.
    init(stops: [String], keepsStop: Bool = false) {
        self.stops = stops.filter { !$0.isEmpty }.map { Array($0.utf8) }
        self.keepsStop = keepsStop
    }

    /// Takes the bytes of one more token and gives the text that is certain now.
    mutating func append(_ bytes: [UInt8]) -> String {
        guard !isStopped else { return "" }
        pending += bytes
        if let stop = firstStop() {
            isStopped = true
            defer { pending = [] }
            return String(decoding: pending[..<(keepsStop ? stop.upperBound : stop.lowerBound)], as: UTF8.self)
        }
        return take(min(pending.count - heldForStop(), wholeCharacters()))
    }

    /// Gives what is left at the end of the generation. Of a character that was cut nothing is left.
    mutating func finish() -> String {
        defer { pending = [] }
        return take(wholeCharacters())
    }

    private mutating func take(_ count: Int) -> String {
        guard count > 0 else { return "" }
        let text = String(decoding: pending[..<count], as: UTF8.self)
        pending.removeFirst(count)
        return text
    }

    private func firstStop() -> Range<Int>? {
        stops.compactMap { stop -> Range<Int>? in
            guard pending.count >= stop.count else { return nil }
            return (0...(pending.count - stop.count)).first { pending[$0..<($0 + stop.count)].elementsEqual(stop) }
                .map { $0..<($0 + stop.count) }
        }.min { $0.lowerBound < $1.lowerBound }
    }

    /// The length of the longest end of `pending` that begins a stop sequence.
    private func heldForStop() -> Int {
        stops.map { stop in
            stride(from: min(stop.count - 1, pending.count), to: 0, by: -1)
                .first { pending.suffix($0).elementsEqual(stop.prefix($0)) } ?? 0
        }.max() ?? 0
    }

    /// How many of the pending bytes are whole UTF-8 characters (RFC 3629). Bytes that can never become one count as
    /// whole, so that they do not hold up the rest.
    private func wholeCharacters() -> Int {
        for back in 1...4 where back <= pending.count {
            let byte = pending[pending.count - back]
            if byte & 0b1100_0000 == 0b1000_0000 { continue }
            let length =
                switch byte {
                case 0b1100_0000...0b1101_1111: 2
                case 0b1110_0000...0b1110_1111: 3
                case 0b1111_0000...0b1111_0111: 4
                default: 1
                }
            return length > back ? pending.count - back : pending.count
        }
        return pending.count
    }
}
