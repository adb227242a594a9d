import Core

/// A value that may fill a slot, where it was said, and what speaks for it.
struct Candidate: Sendable, Hashable {
    var value: JSONValue
    /// The words that it takes up, which no other argument can be taken from; nil where there are none.
    var range: Range<Int>?
    var score: Double
    /// Where it was said.
    var place: Range<Int>?
    /// Others as good that were enumerated with it: "Paris, London and Rome".
    var companions: [Companion] = []

    /// - Parameter place: nil is where the words stand that it takes up.
    init(
        value: JSONValue, range: Range<Int>?, score: Double, place: Range<Int>? = nil, companions: [Companion] = []
    ) {
        self.value = value
        self.range = range
        self.score = score
        self.place = place ?? range
        self.companions = companions
    }

    /// This value, of which it does not count where it was said.
    var unplaced: Candidate { Candidate(value: value, range: nil, score: score) }

    struct Companion: Sendable, Hashable {
        var value: JSONValue
        var range: Range<Int>
    }
}
