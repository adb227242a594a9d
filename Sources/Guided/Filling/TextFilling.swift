import Core
import Foundation
import Languages
import Understanding

/// Fills slots for texts with what the question says, copied.
struct TextFilling {
    let reading: QuestionReading
    let around: Neighbourhood
    /// Stems of the tool's name.
    let topic: Set<String>
    /// Stems of the names of the tool's arguments.
    let others: Set<String>
    /// Stems of the names of what the tool tells.
    let told: Set<String>
    /// How near in meaning a span is to a slot, from 0 to 1.
    let nearness: (Span, Slot) -> Double

    /// Below this score the slot stays empty.
    private static let least = -0.6
    /// What a slot's own name beside a value counts for.
    private static let labelled = 2.5
    private var language: QuestionLanguage { reading.language }
    private var terms: SlotWords { reading.language.words.slots }

    func candidates(for slot: Slot) -> [Candidate] {
        let notes = slot.notes
        var found: [Candidate] = []
        if !notes.options.isEmpty {
            let choices = ChoiceFilling(reading: reading, around: around, known: topic.union(others))
            found += choices.candidates(for: slot, values: notes.options.map(JSONValue.string)).map {
                var one = $0
                one.score += notes.isClosed ? 0.3 : 0
                // Of values that are named by way of example others are as good: "of Neutron and Proton".
                if !notes.isClosed, one.companions.isEmpty, let range = one.range {
                    one.companions = companions(at: range, for: slot)
                }
                return one
            }
            if notes.isClosed { return found }
        }
        let aliases = notes.aliases.flatMap { alias in
            reading.text.words.filter { $0.stem == language.stem.of(alias.key) }.map {
                Candidate(value: .string(alias.value), range: $0.range, score: 2.2)
            }
        }
        if !aliases.isEmpty { return found + aliases }
        if notes.isCountryCode {
            let countries = CountryNames(reading: reading).candidates(for: slot)
            if !countries.isEmpty { return found + countries }
        }
        if slot.schema["format"]?.string == "date-time" {
            let moments = moments(for: slot)
            if !moments.isEmpty { return found + moments }
        }
        if notes.isCode {
            // Codes that were said as such fit better.
            let named =
                CountryNames(reading: reading).candidates(for: slot)
                + CurrencyNames(reading: reading).candidates(for: slot)
            found += named.map { Candidate(value: $0.value, range: $0.range, score: $0.score - 0.8, place: $0.place) }
        }
        switch notes.theme {
        case .unit: return found + UnitNames(reading: reading).candidates(for: slot)
        case .currency:
            let currencies = CurrencyNames(reading: reading).candidates(for: slot)
            if !currencies.isEmpty { return found + currencies }
        case .date:
            let form = DateForm(description: notes.description, language.slots)
            let dates = reading.dates.map { date in
                let side = around.side(of: date.range)
                var fit = notes.side == nil || side == nil ? 0 : notes.side == side ? 0.7 : -0.7
                // "tomorrow, June 1": the date that is written out.
                if !reading.text.text(date.range).contains(where: \.isNumber) { fit -= 0.3 }
                return Candidate(
                    value: .string(form.text(date.date)), range: date.range,
                    score: 2 + fit + around.fit(of: slot, at: date.range))
            }
            let ends = ends(of: slot).map {
                Candidate(value: .string(form.text($0.date)), range: nil, score: 2, place: $0.range)
            }
            if !dates.isEmpty || !ends.isEmpty { return found + dates + ends }
        default: break
        }
        if notes.nameStems.contains(where: language.slots.days.contains) {
            found += reading.text.words.filter { language.dates.weekdayNames.contains($0.lower) }.map {
                Candidate(value: .string($0.text), range: $0.range, score: 2)
            }
        }
        let beside = numberBeside(slot)
        for span in reading.spans {
            guard let score = score(span, for: slot, beside: beside) else { continue }
            var candidate = Candidate(value: .string(Self.written(span, for: slot)), range: span.range, score: score)
            candidate.companions = companions(at: span.range, for: slot)
            found.append(candidate)
        }
        return found
    }

    /// What fills a slot for a password or a key: only what is said to be one.
    func credentials(for slot: Slot) -> [Candidate] {
        candidates(for: slot).filter { one in one.range.map { around.isLabelled(slot, at: $0) == true } ?? false }
    }

    /// What was enumerated with the words of a range.
    private func companions(at range: Range<Int>, for slot: Slot) -> [Candidate.Companion] {
        guard let run = reading.listed.first(where: { $0.contains { Self.ends($0.range, with: range) } }),
            // "the username 'ann', the password 'x'" lists no values of one argument.
            !run.contains(where: { around.isLabel($0.range) || around.isLabelled(slot, at: $0.range) == false })
        else { return [] }
        return run.filter { !$0.range.overlaps(range) }.map {
            Candidate.Companion(value: .string($0.text), range: $0.range)
        }
    }

    /// Dates with the times of day that are said, as RFC 3339 has them; midnight where none is.
    private func moments(for slot: Slot) -> [Candidate] {
        let times = reading.spans.filter { $0.kind == .time }
        let seconds = Asker.zone.secondsFromGMT()
        let offset =
            seconds == 0
            ? "Z"
            : String(format: "%@%02d:%02d", seconds < 0 ? "-" : "+", abs(seconds) / 3600, abs(seconds) / 60 % 60)
        let ends = ends(of: slot).map { end in
            let clock = slot.notes.side == .second ? "23:59:59" : "00:00:00"
            return Candidate(
                value: .string("\(end.date)T\(clock)\(offset)"), range: nil, score: 2, place: end.range)
        }
        return ends
            + reading.dates.enumerated().map { index, date in
                let time = times.indices.contains(index) ? times[index] : nil
                let parts = time.flatMap { language.times.parts(of: $0.text) }
                let hour = parts.map { $0.isLate && $0.hour < 12 ? $0.hour + 12 : $0.hour } ?? 0
                let clock = String(format: "%02d:%02d:00", hour, parts?.minute ?? 0)
                let side = around.side(of: date.range)
                let fit = slot.notes.side == nil || side == nil ? 0 : slot.notes.side == side ? 0.7 : -0.7
                return Candidate(
                    value: .string("\(date.date)T\(clock)\(offset)"), range: date.range,
                    score: 2 + fit + around.fit(of: slot, at: date.range))
            }
    }

    /// The days of the months that are said, of which a slot asks for the first or the last.
    private func ends(of slot: Slot) -> [(date: String, range: Range<Int>)] {
        guard let side = slot.notes.side else { return [] }
        return reading.periods.map { (side == .first ? $0.first : $0.last, $0.range) }
    }

    /// Whether two ranges begin or end at the same place: "GDP of Brazil" and "Brazil".
    private static func ends(_ one: Range<Int>, with other: Range<Int>) -> Bool {
        one.lowerBound == other.lowerBound || one.upperBound == other.upperBound
    }

    private static func written(_ span: Span, for slot: Slot) -> String {
        if slot.notes.theme == .identifier, span.kind == .figure { return span.text.filter { $0 != "," && $0 != "#" } }
        if slot.notes.isSlug, [.name, .phrase, .quoted].contains(span.kind) {
            return span.text.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
        }
        return span.text
    }

    /// How well a span fits; nil where it cannot be meant.
    ///
    /// - Parameter beside: the number that stands behind the slot's own name.
    private func score(_ span: Span, for slot: Slot, beside: Range<Int>?) -> Double? {
        let notes = slot.notes
        if let identifier = notes.identifier { return identifier.matches(span.text) ? 3 : nil }
        if notes.isNumbered, !span.text.contains(where: \.isNumber) { return nil }
        var score = Self.base(span.kind, notes.theme)
        let words = reading.text.words(in: span.range)
        let fit = around.fit(of: slot, at: span.range)
        score += 0.8 * fit
        if around.isNamed(slot, at: span.range) { score += 1.5 }
        // "prefix 10.1016"
        if around.isBeside(slot, span.range), span.text.contains(where: \.isNumber) { score += 1.2 }
        // All countries are known: "Hamlet" and "the sea" are none.
        if notes.isCountry, [.name, .phrase].contains(span.kind), !language.regions.isLikeOne(span.text) {
            score -= 1.2
        }
        if span.kind == .phrase, isAskedFor(words) { score -= 1 }
        if let beside, !beside.overlaps(span.range) { score -= 1.5 }
        switch around.isLabelled(slot, at: span.range) {
        case true: score += Self.labelled
        case false: score -= Self.labelled
        case nil: if [.name, .phrase].contains(span.kind), around.isLabel(span.range) { return nil }
        }
        if words.lowerBound > 0 {
            let before = reading.text.words[words.lowerBound - 1].lower
            if notes.theme == .place, terms.placing.contains(before) { score += 0.5 }
            if notes.theme == .person, terms.making.contains(before) {
                score += terms.by.contains(before) ? 0.8 : 0.3
            }
        }
        if let wanted = notes.side, let said = around.side(of: span.range) { score += wanted == said ? 0.8 : -0.8 }
        if !span.isWhole { score -= partCost(span, slot) }
        if notes.nameStems.contains(where: language.slots.months.contains),
            language.dates.monthNames.contains(span.text.lowercased())
        {
            score += 1.5
        }
        if notes.nameStems.contains(where: language.slots.days.contains),
            language.dates.weekdayNames.contains(span.text.lowercased())
        {
            score += 1.5
        }
        if span.text.contains(", "), span.kind == .name {
            score +=
                language.slots.withState.isFound(in: notes.description) ? 0.9 : -0.35
        }
        if span.kind == .figure, notes.theme != .identifier, fit < 0.5 { score -= 0.6 }
        // "19 degrees" is nothing's identifier.
        if span.kind == .figure, span.text.contains(where: \.isLetter) { score -= 1.5 }
        let stems = language.stem.all(in: span.text)
        if span.kind == .phrase || span.kind == .name {
            var own = stems.filter { notes.nameStems.contains($0) || topic.contains($0) }.count
            // "Population Density" is what is asked for, and the country of nothing.
            if stems.allSatisfy({ notes.nameStems.contains($0) || topic.contains($0) || others.contains($0) }) {
                own = stems.count
            }
            let part = Double(own) / Double(max(1, stems.count))
            if language.units.named(span.text) != nil, span.text.count > 2 { score -= 1.5 }
            score -= (span.kind == .phrase || part == 1 ? 1.3 : isWholeName(span) ? 0.1 : 0.5) * part
            if span.kind == .name { score += tail(of: span, slot) }
        }
        if !slot.isRequired {
            score -= notes.theme == .query ? 0 : 0.5
            // What names a thing that the operation is not about is said for something.
            if notes.theme == nil, span.kind == .phrase, span.isWhole, span.isNaming, !isTopical(stems) { score += 0.9 }
            // "earthquakes" is what is asked for, and no condition on them.
            if span.kind == .phrase, stems.allSatisfy({ topic.contains($0) }) { return nil }
        }
        // A word of the description's is what the value is called: "DOI", "ISSN".
        if notes.theme == .identifier, !span.text.contains(where: \.isNumber), stems.allSatisfy({ isOwn($0, slot) }) {
            score -= 1.3
        }
        // "747" of "Boeing 747-8", "SW1A" of "SW1A 1AA".
        if [.code, .figure].contains(span.kind),
            reading.spans.contains(where: {
                [.name, .code].contains($0.kind) && $0.isWhole && $0.range.count > span.range.count
                    && $0.range.overlaps(span.range)
            })
        {
            score -= 1.5
        }
        // "Pikachu weigh": the name is meant.
        if span.kind == .phrase,
            reading.spans.contains(where: {
                $0.kind == .name && $0.isWhole && span.range.count > $0.range.count && $0.range.overlaps(span.range)
            })
        {
            score -= 0.8
        }
        // "weigh", "often": only where nothing else that was said names a thing.
        if !span.isNaming, isNamed(otherThan: span) { score -= 0.8 }
        if span.kind == .phrase, words.count > 3 { score -= 0.25 * Double(words.count - 3) }
        score += 2 * (nearness(span, slot) - 0.25)
        return score > Self.least ? score : nil
    }

    /// Whether something else in the question may be a value: a name, a code, or a phrase that is no word of the tool's.
    private func isNamed(otherThan span: Span) -> Bool {
        reading.spans.contains { other in
            guard other.isWhole, other.isNaming, !other.range.overlaps(span.range) else { return false }
            switch other.kind {
            case .quoted, .code, .name: return true
            case .phrase:
                return !language.stem.all(in: other.text).allSatisfy { topic.contains($0) || others.contains($0) }
            default: return false
            }
        }
    }

    /// Whether a question's own word stands just before: of "how many followers" and "which papers" no value is made.
    private func isAskedFor(_ words: Range<Int>) -> Bool {
        let all = reading.text.words
        guard words.lowerBound > 0 else { return false }
        let before = all[words.lowerBound - 1].lower
        if language.words.questions.selecting.contains(before) { return true }
        return words.lowerBound > 1 && language.counts(all[words.lowerBound - 2].lower, before)
    }

    /// What has digits and stands behind the slot's own name, which so says of it what it is: "prefix 10.1016".
    private func numberBeside(_ slot: Slot) -> Range<Int>? {
        reading.spans.first { span in
            span.text.contains(where: \.isNumber) && around.isBeside(slot, span.range)
        }?.range
    }

    private func isTopical(_ stems: [String]) -> Bool {
        stems.contains { topic.contains($0) || others.contains($0) || told.contains($0) }
    }

    /// What it costs to take a part of a name or phrase: little where the rest only says what the slot or the tool is
    /// about ("Los Angeles court", "Lawyer John Doe").
    private func partCost(_ span: Span, _ slot: Slot) -> Double {
        guard
            let whole = reading.spans.first(where: {
                $0.isWhole && $0.range.overlaps(span.range) && $0.range.count > span.range.count
            })
        else { return 0.2 }
        let rest = Stem.words(in: whole.text).filter { !language.common.binding.contains($0) }.map(language.stem.of)
            .filter { !language.stem.all(in: span.text).contains($0) }
        let restIsOwn = rest.allSatisfy { isOwn($0, slot) }
        // What has capitals belongs to the name, unless it stands before it: "Lawyer John Doe".
        let isTitle = whole.range.upperBound == span.range.upperBound
        if span.kind == .name {
            let restIsOwn = rest.allSatisfy { slot.notes.nameStems.contains($0) || topic.contains($0) }
            let isProper = rest.allSatisfy { stem in
                reading.text.words.contains {
                    $0.isCapitalised && $0.range.overlaps(whole.range) && language.stem.all(in: $0.text).contains(stem)
                }
            }
            // Of what identifies a thing nothing is left out.
            let whole = slot.notes.theme == .identifier ? 0.6 : 0
            return restIsOwn && (isTitle || !isProper) ? -0.4 : 0.9 + whole
        }
        return restIsOwn ? 0 : 0.4
    }

    private func isWholeName(_ span: Span) -> Bool {
        span.kind == .name && reading.text.words(in: span.range).allSatisfy { reading.text.words[$0].isCapitalised }
    }

    private func isOwn(_ stem: String, _ slot: Slot) -> Bool {
        slot.notes.nameStems.contains(stem) || topic.contains(stem) || slot.notes.descriptionStems.contains(stem)
    }

    /// Words that follow a name are its part unless they say what the slot or the tool is about: "Amazon rainforest", but
    /// "Eminem" of "Eminem concert".
    private func tail(of span: Span, _ slot: Slot) -> Double {
        let own = reading.text.words(in: span.range)
        let isAlone = [.person, .organisation].contains(slot.notes.theme)
        guard let last = own.last, last + 1 < reading.text.words.count else { return 0 }
        if let tail = own.first(where: {
            !reading.text.words[$0].isCapitalised && language.common.isContent(reading.text.words[$0].lower)
        }) {
            let isPossessive = own.dropLast().contains {
                language.possessive(of: reading.text.words[$0].text) != nil
            }
            return isAlone || isPossessive || isOwn(reading.text.words[tail].stem, slot) ? -0.7 : 0.2
        }
        let next = reading.text.words[last + 1]
        guard next.gap == " ", !next.isCapitalised, language.common.isContent(next.lower),
            next.text.allSatisfy(\.isLetter)
        else {
            return 0
        }
        return isAlone || isOwn(next.stem, slot) ? 0 : -0.3
    }

    private static func base(_ kind: Span.Kind, _ theme: Slot.Theme?) -> Double {
        switch (kind, theme) {
        case (.formula, .formula): 3
        case (.time, .time): 2.5
        case (.date, .date): 2.5
        case (.clause, .message): 2.6
        case (.clause, .title): 2.2
        case (.clause, _): -3
        case (.quoted, .message): 2
        case (.date, _), (.time, _): -1.5
        case (.formula, _): -0.3
        // "C6H12O6"
        case (.code, .formula): 1.5
        case (_, .formula): kind == .quoted ? 0.5 : -0.8
        case (_, .time), (_, .date): -0.6
        case (.code, .identifier): 1.8
        case (.quoted, .identifier): 1.5
        case (.figure, .identifier): 1
        case (.figure, .year): 1.5
        case (.figure, _): -0.7
        case (_, .year): -1.5
        case (.name, .identifier): 0.5
        case (_, .identifier): -0.4
        case (.quoted, .query), (.name, .query): 1.2
        case (.phrase, .query): 0.6
        case (.quoted, .place): 0.4
        case (.quoted, .title): 2
        case (.quoted, _): 1.1
        case (.code, .place): -1
        case (.code, _): 0.4
        case (.name, .place), (.name, .person), (.name, .organisation): 0.9
        case (.name, _): 0.5
        case (.phrase, .place), (.phrase, .person), (.phrase, .organisation): -0.7
        case (.phrase, _): 0.15
        }
    }
}
