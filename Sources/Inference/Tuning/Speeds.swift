/// How fast a model runs in one way, in tokens a second.
package struct Speeds: Sendable, Hashable, Codable {
    /// Of a prompt.
    package var prompt: Double
    /// Of one answer.
    package var generation: Double
    /// Of eight answers together.
    package var eight: Double

    package init(prompt: Double, generation: Double, eight: Double) {
        self.prompt = prompt
        self.generation = generation
        self.eight = eight
    }

    /// Seconds of a day's kind of load: what is read, what is written alone, and what is written side by side.
    package var cost: Double { 400 / prompt + 150 / generation + 150 / eight }

    /// The median of each of several.
    ///
    /// - Parameter all: at least one.
    static func medians(_ all: [Speeds]) -> Speeds {
        func median(_ part: (Speeds) -> Double) -> Double { all.map(part).sorted()[all.count / 2] }
        return Speeds(prompt: median(\.prompt), generation: median(\.generation), eight: median(\.eight))
    }

    static func / (one: Speeds, other: Speeds) -> Speeds {
        Speeds(
            prompt: one.prompt / other.prompt, generation: one.generation / other.generation,
            eight: one.eight / other.eight)
    }

    static func * (one: Speeds, other: Speeds) -> Speeds {
        Speeds(
            prompt: one.prompt * other.prompt, generation: one.generation * other.generation,
            eight: one.eight * other.eight)
    }
}
