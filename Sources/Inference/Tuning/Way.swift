/// A model that is in memory, and how it is run.
struct Way: Sendable {
    var model: Model
    var settings: ContextSettings

    private static let rounds = 5
    /// After so many it is seen whether one is slower each time.
    private static let enough = 2

    /// - Throws: `modelFailed`, `decodeFailed`.
    func speeds() throws(InferenceError) -> Speeds {
        var context = try ready()
        var measured: [Speeds] = []
        for _ in 0..<3 { measured.append(try context.speeds()) }
        return .medians(measured)
    }

    /// How many times faster it is than another way, measured turn and turn about: from one minute to the next a
    /// machine's speed may change by more than the ways differ.
    ///
    /// - Parameter isCandidate: whether it is to be chosen if it is faster; what is only told is measured once.
    /// - Throws: `modelFailed`, `decodeFailed`.
    func gain(over other: Way, isCandidate: Bool) throws(InferenceError) -> Speeds {
        var mine = try ready()
        var others = try other.ready()
        var gains: [Speeds] = []
        var wins = 0
        for round in 0..<(isCandidate ? Self.rounds : 1) {
            let speeds: (mine: Speeds, others: Speeds)
            if round.isMultiple(of: 2) {
                speeds.mine = try mine.speeds()
                speeds.others = try others.speeds()
            } else {
                speeds.others = try others.speeds()
                speeds.mine = try mine.speeds()
            }
            gains.append(speeds.mine / speeds.others)
            wins += speeds.mine.cost < speeds.others.cost ? 1 : 0
            if gains.count == Self.enough, wins == 0 { break }
        }
        return .medians(gains)
    }

    /// A context that has computed: the first batches pay for what is read from disk and made ready.
    private func ready() throws(InferenceError) -> ModelContext {
        var context = try ModelContext(model: model, settings: settings, cells: 2048)
        _ = try context.speeds(prompt: 64, answer: 1, together: 1)
        return context
    }
}
