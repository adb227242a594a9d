/// How fast counted work goes on, from when how much of it was done.
struct Pace {
    /// Only so much of the past counts: what is left may be of another kind than what was first.
    private static let window = Duration.seconds(15)
    /// Closer together they say nothing new.
    private static let resolution = Duration.milliseconds(200)

    private var samples: [(time: Duration, done: Int)] = []

    /// - Parameter time: since any fixed moment; never less than before.
    mutating func note(done: Int, at time: Duration) {
        if samples.count > 1, let last = samples.last, time - samples[samples.count - 2].time < Self.resolution {
            samples[samples.count - 1] = (max(time, last.time), done)
        } else {
            samples.append((time, done))
        }
        // One that is older stays, to measure from.
        while samples.count > 2, time - samples[1].time >= Self.window { samples.removeFirst() }
    }

    /// How much is done in a second; nil while too little time has passed to say.
    var perSecond: Double? {
        guard let first = samples.first, let last = samples.last, last.time - first.time >= .seconds(1),
            last.done > first.done
        else { return nil }
        return Double(last.done - first.done) / ((last.time - first.time) / .seconds(1))
    }

    /// The seconds until `total` is done, at this pace.
    func secondsLeft(of total: Int) -> Double? {
        guard let perSecond, let done = samples.last?.done, total > done else { return nil }
        return Double(total - done) / perSecond
    }
}
