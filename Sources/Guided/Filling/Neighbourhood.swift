import Languages
import Understanding

/// How well the words around a mention fit a slot's name and description.
struct Neighbourhood: Sendable {
    let text: Utterance
    private var language: QuestionLanguage { text.language }
    /// Where mentions stand: words beyond another mention say more about that one.
    let mentions: [Range<Int>]
    /// In how many slots' names and descriptions a stem is; what all share tells none apart.
    private let spread: [String: Int]
    private let slots: Int
    private let aligned: [Range<Int>: String]
    /// What a slot's own name says of a value what it is: "the password is 123412", "the 'main' database".
    private let labels: [Range<Int>: Label]

    /// A slot's name as it stands beside a value.
    private struct Label: Sendable {
        var slot: String
        /// The name's words, and those between it and a value behind it.
        var words: Range<Int>
    }

    /// - Parameter runs: of enumerated values.
    init(text: Utterance, mentions: [Range<Int>], runs: [[Range<Int>]], slots: [Slot]) {
        labels = Self.labels(of: mentions, slots: slots, text: text)
        aligned = Self.aligned(runs, slots: slots, text: text)
        self.text = text
        self.mentions = mentions
        self.slots = slots.count
        var spread: [String: Int] = [:]
        for slot in slots {
            for stem in Set(slot.notes.nameStems + slot.notes.descriptionStems) { spread[stem, default: 0] += 1 }
        }
        self.spread = spread
    }

    private static let before = [1, 0.85, 0.7, 0.55, 0.45, 0.35, 0.3, 0.25]
    private static let after = [0.85, 0.55, 0.35, 0.25]

    /// - Returns: 0 where no word fits, about 1 where the slot's name stands beside the mention.
    func fit(of slot: Slot, at range: Range<Int>) -> Double {
        let own = text.words(in: range)
        var best: [String: Double] = [:]
        func look(_ index: Int, _ nearness: Double) {
            let word = text.words[index]
            for stem in language.stem.all(in: word.text) {
                best[stem] = max(best[stem] ?? 0, nearness)
                // A slip of the pen.
                if stem.count > 5, let meant = slot.notes.nameStems.first(where: { Self.isSlip(stem, $0) }) {
                    best[meant] = max(best[meant] ?? 0, nearness)
                }
            }
        }
        var weight = 1.0
        for (step, nearness) in Self.before.enumerated() {
            let index = own.lowerBound - 1 - step
            guard index >= 0 else { break }
            if step > 0,
                text.words[index + 1].opens
                    || own.lowerBound < text.words.count && step == 0 && text.words[own.lowerBound].opens
            {
                break
            }
            if mentions.contains(where: { $0.overlaps(text.words[index].range) && !$0.overlaps(range) }) {
                weight *= 0.45
            }
            look(index, nearness * weight)
        }
        weight = 1
        for (step, nearness) in Self.after.enumerated() {
            let index = own.upperBound + step
            guard index < text.words.count, !text.words[index].opens else { break }
            // "5 units and height": what follows "and" or a comma belongs to what comes next.
            if text.words[index].gap.contains(",") || language.enumerations.joining.contains(text.words[index].lower) {
                weight *= 0.3
            }
            if mentions.contains(where: { $0.overlaps(text.words[index].range) && !$0.overlaps(range) }) {
                weight *= 0.3
            }
            look(index, nearness * weight)
        }
        // Within the mention: the unit, or a word of the phrase.
        for index in own { look(index, 0.5) }
        var score = 0.0
        for stem in Set(slot.notes.nameStems) where stem.count > 1 {
            score += (best[stem] ?? 0) * rarity(stem) * (language.common.generalStems.contains(stem) ? 0.3 : 1)
        }
        var more = 0.0
        for stem in Set(slot.notes.descriptionStems)
        where stem.count > 2 && !language.common.generalStems.contains(stem) {
            more += (best[stem] ?? 0) * rarity(stem)
        }
        if let name = aligned[range] { score += name == slot.name ? 0.9 : -0.4 }
        return score + 0.5 * min(more, 1.6)
    }

    /// Whether two long words differ by a letter.
    private static func isSlip(_ one: String, _ other: String) -> Bool {
        guard other.count > 5, abs(one.count - other.count) <= 1, one != other else { return false }
        let (short, long) = one.count <= other.count ? (Array(one), Array(other)) : (Array(other), Array(one))
        let head = zip(short, long).prefix { $0 == $1 }.count
        let tail = zip(short.reversed(), long.reversed()).prefix { $0 == $1 }.count
        return head + tail >= long.count - 1
    }

    /// Which slots a run of values fills in which order, where their names were enumerated before it: "base and height as
    /// 6 and 10".
    static func aligned(_ runs: [[Range<Int>]], slots: [Slot], text: Utterance) -> [Range<Int>: String] {
        var found: [Range<Int>: String] = [:]
        for run in runs where run.count > 1 {
            guard let start = run.first else { continue }
            let first = text.words(in: start).lowerBound
            // Not what belongs to a value before.
            let before = text.words[max(0, first - 9)..<first]
            var named: [(place: Int, name: String)] = []
            for slot in slots {
                let stems = Set(
                    slot.notes.nameStems.filter { $0.count > 2 && !text.language.common.generalStems.contains($0) })
                guard let word = before.last(where: { !stems.isDisjoint(with: text.language.stem.all(in: $0.text)) }),
                    !named.contains(where: { $0.place == word.range.lowerBound })
                else { continue }
                named.append((word.range.lowerBound, slot.name))
            }
            guard named.count == run.count else { continue }
            for (one, range) in zip(named.sorted(by: { $0.place < $1.place }), run) { found[range] = one.name }
        }
        return found
    }

    /// Letters of a name that may begin the word by which it is said.
    private static let leastOfCompound = 4
    /// Words that may stand between a slot's name and its value: "the username will be 'admin'".
    private static let mostBetween = 4

    /// What slots' own names say of values, before them or behind them.
    ///
    /// - Parameter mentions: where values stand.
    private static func labels(
        of mentions: [Range<Int>], slots: [Slot], text: Utterance
    ) -> [Range<Int>: Label] {
        // One argument needs no label, and by the same word two cannot be told apart.
        guard slots.count > 1 else { return [:] }
        let names = slots.map { Stem.words(in: $0.name).map(text.language.stem.of) }
        var found: [Range<Int>: Label] = [:]
        func isSaid(_ part: String, _ word: Utterance.Word) -> Bool {
            // "hostname" of `host`.
            word.stem == part || part.count >= leastOfCompound && word.lower.hasPrefix(part)
        }
        /// - Parameter between: what stands between it and the value, and must be of its slot's description.
        func label(endingAt last: Int, between: [String] = []) -> Label? {
            var best: (slot: Int, count: Int)?
            for (index, name) in names.enumerated() {
                let count = name.count
                guard count > 0, last + 1 >= count, count > best?.count ?? 0,
                    (0..<count).allSatisfy({ isSaid(name[$0], text.words[last + 1 - count + $0]) }),
                    between.allSatisfy(slots[index].notes.descriptionWords.contains)
                else { continue }
                best = (index, count)
            }
            return best.map { Label(slot: slots[$0.slot].name, words: (last + 1 - $0.count)..<(last + 1)) }
        }
        let linking = text.language.words.slots.linking
        for range in mentions {
            let own = text.words(in: range)
            guard !own.isEmpty else { continue }
            var index = own.lowerBound - 1
            var steps = 0
            var between: [String] = []
            // "the sides 3, 4": what is enumerated is no value of "side 3".
            while index >= 0, steps <= mostBetween, !text.words[index + 1].opens,
                !text.words[index + 1].gap.contains(",")
            {
                if var label = label(endingAt: index, between: between) {
                    label.words = label.words.lowerBound..<own.lowerBound
                    found[range] = label
                    break
                }
                // "host IP as …", where the description of `host` speaks of an IP address.
                if !linking.contains(text.words[index].lower) { between.append(text.words[index].stem) }
                guard between.count <= 1,
                    between.allSatisfy({ word in slots.contains { $0.notes.descriptionWords.contains(word) } }),
                    !between.isEmpty
                        || !mentions.contains(where: { $0.overlaps(text.words[index].range) && !$0.overlaps(range) })
                else { break }
                index -= 1
                steps += 1
            }
        }
        // Of what is quoted alone: "New York City" is no "New York" that is a city.
        for range in mentions where found[range] == nil && "'\"“‘`".contains(text.characters[range.lowerBound]) {
            var next = text.words(in: range).upperBound
            // "'x' as the password"
            while next < text.words.count, linking.contains(text.words[next].lower) { next += 1 }
            // "the 'main' database"
            guard next < text.words.count, !text.words[next].opens, !text.words[next].gap.contains(","),
                let label = (next..<min(next + 2, text.words.count)).lazy.compactMap({ label(endingAt: $0) }).first(
                    where: {
                        $0.words.lowerBound == next
                    }), !found.values.contains(where: { $0.words.overlaps(label.words) })
            else { continue }
            found[range] = label
        }
        return found
    }

    /// Whether the slot's own name says of a value that it is the slot's; false where another's does, nil where none does.
    func isLabelled(_ slot: Slot, at range: Range<Int>) -> Bool? {
        labels[range].map { $0.slot == slot.name }
    }

    /// Whether words are a slot's name beside its value, and so no value themselves.
    func isLabel(_ range: Range<Int>) -> Bool {
        let own = text.words(in: range)
        return labels.contains { $0.value.words.overlaps(own) && !$0.key.overlaps(range) }
    }

    private func rarity(_ stem: String) -> Double {
        slots < 2 ? 0.8 : 1 / Double(max(1, spread[stem] ?? 1)).squareRoot()
    }

    /// Whether the slot's name stands before the mention with nothing but a sign between: `a = 3`, `alpha: 0.05`.
    func isNamed(_ slot: Slot, at range: Range<Int>) -> Bool {
        let own = text.words(in: range)
        guard own.lowerBound > 0 else { return false }
        let before = text.words[own.lowerBound - 1]
        let gap = text.text(before.range.upperBound..<range.lowerBound)
        let isSign = gap.contains { "=:".contains($0) }
        if isSign, Stem.words(in: before.text) == Stem.words(in: slot.name) { return true }
        // "K is 1.0", "radius of 5", "n 4"
        guard own.lowerBound > 1, before.lower == "=" || language.words.slots.naming.contains(before.lower) else {
            return false
        }
        return text.words[own.lowerBound - 2].lower == slot.name.lowercased()
    }

    /// Whether a word of the slot's name stands just before the mention, and tells it from others: "item 8".
    func isBeside(_ slot: Slot, _ range: Range<Int>) -> Bool {
        let own = text.words(in: range)
        guard own.lowerBound > 0 else { return false }
        let before = text.words[own.lowerBound - 1]
        return text.text(before.range.upperBound..<range.lowerBound).allSatisfy { " #".contains($0) }
            && language.stem.all(in: before.text).contains { slot.notes.nameStems.contains($0) }
    }

    /// Whether the slot's is what is to be set to the mention: "change the price of item 8 to 199".
    func isSet(_ slot: Slot, to range: Range<Int>) -> Bool {
        let own = text.words(in: range)
        guard text.action == .change, own.lowerBound > 1,
            language.words.sides.towards.contains(text.words[own.lowerBound - 1].lower)
        else { return false }
        // What stands between is of which thing.
        let said = text.words[..<(own.lowerBound - 1)].drop { language.action(of: $0.lower) == nil }.dropFirst()
            .drop { language.common.binding.contains($0.lower) }
        return said.first.map { first in
            language.stem.all(in: first.text).contains { slot.notes.nameStems.contains($0) }
        } ?? false
    }

    /// Whether the thing that is counted is the slot's: "4 servings", "5 tallest mountains".
    func counts(_ slot: Slot, at range: Range<Int>) -> Bool {
        let next = text.words(in: range).upperBound
        let own = slot.notes.nameStems + slot.notes.descriptionStems
        for index in next..<min(next + 2, text.words.count) {
            let word = text.words[index]
            guard word.gap == " ", language.common.isContent(word.lower) || index == next else { return false }
            if !language.common.generalStems.contains(word.stem), own.contains(word.stem) { return true }
        }
        return false
    }

    /// Whether the number says how many of an order are meant: "the last 5", "the five largest".
    func ranks(_ range: Range<Int>) -> Bool {
        let own = text.words(in: range)
        let terms = language.words.slots
        return [own.lowerBound - 1, own.upperBound].contains { index in
            guard text.words.indices.contains(index) else { return false }
            let word = text.words[index].lower
            return terms.ranking.contains(word)
                || terms.rankingEndings.contains { word.hasSuffix($0) && word.count > $0.count + 2 }
        }
    }

    /// Which of a pair the words before a mention say it is.
    func side(of range: Range<Int>) -> Slot.Side? {
        let own = text.words(in: range)
        let sides = language.words.sides
        for step in 0..<4 {
            let index = own.lowerBound - 1 - step
            guard index >= 0 else { return nil }
            let word = text.words[index].lower
            // "the final temperature when 20 kg …": another thing's.
            if sides.parting.contains(word) { return nil }
            if sides.than.contains(word), index > 0 {
                return sides.less.contains(text.words[index - 1].lower) ? .second : .first
            }
            if sides.questions.first.contains(word) { return .first }
            if sides.questions.second.contains(word) {
                return step == 0 || !sides.towards.contains(word) ? .second : nil
            }
            if language.enumerations.joining.contains(word) {
                // "between 2012 and 2015"
                let isPair = text.words[max(0, index - 6)..<index].contains { sides.between.contains($0.lower) }
                return isPair ? .second : nil
            }
            if mentions.contains(where: { $0.overlaps(text.words[index].range) }) { return nil }
        }
        return nil
    }
}
