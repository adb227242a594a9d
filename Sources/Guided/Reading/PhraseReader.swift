import Languages
import Understanding

/// Finds names and phrases: what belongs together because of its capitals, or because nothing that binds stands in it.
struct PhraseReader {
    let text: Utterance
    /// What was read as something else.
    let taken: [Range<Int>]

    private static let most = 6

    private var language: QuestionLanguage { text.language }
    private var known: ProperNames { language.words.names }

    /// Names as long as they go, and their parts that are names too: "Tokyo, Japan", "Tokyo" and "Japan".
    func names() -> [Span] {
        var spans: [Span] = []
        let words = text.words
        var index = 0
        while index < words.count {
            guard isName(index) else {
                index += 1
                continue
            }
            var end = index + 1
            while end < words.count, end - index < 8 {
                if isName(end), words[end].gap == " " || words[end].gap == ". " && words[end - 1].text.count <= 3 {
                    end += 1
                } else if end + 1 < words.count, isName(end + 1), words[end].gap == " ", words[end + 1].gap == " ",
                    known.particles.contains(words[end].lower)
                {
                    end += 2
                } else if end + 2 < words.count, isName(end + 2), known.of.contains(words[end].lower),
                    known.articles.contains(words[end + 1].lower),
                    words[end].gap == " ", words[end + 1].gap == " "
                {
                    end += 3
                } else if isFigureOfName(end) {
                    end += 1
                } else {
                    break
                }
            }
            add(index..<end, to: &spans)
            // "Boston, MA": the place and where it lies.
            if end < words.count, words[end].gap == ", ", isName(end), index < end {
                var last = end + 1
                while last < words.count, isName(last), words[last].gap == " " { last += 1 }
                let isListed =
                    last < words.count && words[last].gap.hasPrefix(",") && isName(last)
                    || last < words.count && language.enumerations.joining.contains(words[last].lower)
                        && words[last].gap.hasPrefix(",") == false
                        && isNameAfter(last)
                let isState = words[end].text.count <= 4 && words[end].text.contains { $0.isUppercase }
                if !isListed || isState, !spansSentence(index, last) {
                    spans.append(span(index..<last, .name))
                }
            }
            index = end
        }
        return spans
    }

    private func isNameAfter(_ index: Int) -> Bool { index + 1 < text.words.count && isName(index + 1) }

    private func add(_ range: Range<Int>, to spans: inout [Span]) {
        spans.append(span(range, .name))
        guard range.count > 1 else { return }
        // The name without its last word, or without its first: "Los Angeles court", "Lawyer John Doe".
        let afterOf = range.first { known.of.contains(text.words[$0].lower) }.map { ($0 + 1)..<range.upperBound }
        for part in [range.dropLast(), range.dropFirst(), afterOf].compactMap(\.self) where part.count >= 1 {
            guard let last = part.last, let first = part.first, isName(first), isName(last) else { continue }
            var one = span(first..<(last + 1), .name)
            one.isWhole = false
            spans.append(one)
        }
    }

    /// Runs of words in which none binds, and the runs in them.
    func phrases() -> [Span] {
        let words = text.words
        var spans: [Span] = []
        var index = 0
        while index < words.count {
            guard isContent(index) else {
                index += 1
                continue
            }
            if isVerb(index) {
                var one = span(index..<(index + 1), .phrase)
                one.isNaming = false
                spans.append(one)
                index += 1
                continue
            }
            var end = index + 1
            while end < words.count, isContent(end), !isVerb(end), words[end].gap.allSatisfy({ " -".contains($0) }) {
                end += 1
            }
            let whole = index..<min(end, index + Self.most)
            // "la traviata first": what says how or when ends no name.
            let last = whole.last { !isQuality($0) }.map { $0 + 1 } ?? whole.upperBound
            for start in whole {
                for stop in (start + 1)...whole.upperBound {
                    // "Amazon rainforest" is named as much as "Amazon" is.
                    let isNamed = isName(start) && words[start].isCapitalised && stop - start > 1
                    var one = span(start..<stop, isNamed ? .name : .phrase)
                    one.isWhole = start == index && stop == (end == whole.upperBound ? last : end)
                    one.isNaming = isNamed || !isQuality(stop - 1)
                    spans.append(one)
                }
            }
            index = end
        }
        return spans + joined()
    }

    /// "points per game", "state of California": two phrases and what binds them.
    private func joined() -> [Span] {
        let words = text.words
        var spans: [Span] = []
        for index in words.indices.dropFirst().dropLast()
        where language.words.prepositions.binding.contains(words[index].lower) {
            guard isContent(index - 1), isContent(index + 1), !isVerb(index - 1), !isVerb(index + 1),
                words[index].gap == " ", words[index + 1].gap == " "
            else { continue }
            var first = index - 1
            while first > 0, isContent(first - 1), !isVerb(first - 1), words[first].gap == " ", index - first < 3 {
                first -= 1
            }
            var last = index + 1
            while last + 1 < words.count, isContent(last + 1), !isVerb(last + 1), words[last + 1].gap == " ",
                last - index < 3
            {
                last += 1
            }
            var one = span(first..<(last + 1), .phrase)
            one.isWhole = false
            spans.append(one)
        }
        return spans
    }

    // MARK: Words

    private func span(_ range: Range<Int>, _ kind: Span.Kind) -> Span {
        let start = text.words[range.lowerBound].range.lowerBound
        let last = text.words[range.upperBound - 1]
        var end = last.range.upperBound
        var written = text.text(start..<end)
        if let mark = language.possessive(of: written) {
            written.removeLast(mark.count)
            end -= mark.count
        } else if last.text.contains("."), end < text.characters.count, text.characters[end] == "." {
            // The full stop of "D.C." is the name's.
            written += "."
        } else if known.abbreviations.contains(last.text), end < text.characters.count,
            text.characters[end] == "."
        {
            written += "."
        }
        return Span(text: written, range: start..<end, kind: kind)
    }

    private func isTaken(_ index: Int) -> Bool {
        taken.contains { $0.overlaps(text.words[index].range) }
    }

    private func isName(_ index: Int) -> Bool {
        let word = text.words[index]
        guard word.isCapitalised, !isTaken(index), !known.oneself.contains(word.lower) else { return false }
        if word.opens,
            index == 0 || language.common.asking.contains(word.lower) || language.common.binding.contains(word.lower)
        {
            // The first word has its capital from the sentence.
            let isFollowed =
                index + 1 < text.words.count && text.words[index + 1].isCapitalised && text.words[index + 1].gap == " "
            return language.common.isContent(word.lower) && isFollowed
        }
        return !language.common.binding.contains(word.lower)
            || word.text.count > 1 && word.text == word.text.uppercased()
    }

    /// "Cyberpunk 2077", but not "in France 1950".
    private func isFigureOfName(_ index: Int) -> Bool {
        let word = text.words[index]
        return word.gap == " " && word.text.allSatisfy(\.isNumber) && word.text.count <= 3 && !isTaken(index)
            && (index + 1 == text.words.count || !isContent(index + 1) || text.words[index + 1].gap != " ")
    }

    private func isContent(_ index: Int) -> Bool {
        let word = text.words[index]
        if isTaken(index) { return false }
        if language.words.prepositions.per.contains(word.lower) {
            return index > 0 && index + 1 < text.words.count && word.gap == " "
        }
        if word.isCapitalised, !word.opens, !language.common.binding.contains(word.lower) { return true }
        if isParticiple(index) { return false }
        return language.common.isContent(word.lower) && !word.text.allSatisfy { $0.isNumber || ".,".contains($0) }
    }

    /// A verb in lower case, or one that opens a sentence and so has its capital from there.
    private func isVerb(_ index: Int) -> Bool {
        let word = text.words[index]
        if word.opens, language.action(of: word.lower) != nil { return true }
        return language.common.isVerb(word.lower) && (word.opens || !word.isCapitalised)
    }

    private func isQuality(_ index: Int) -> Bool {
        let word = text.words[index]
        return language.common.isQuality(word.lower) && (word.opens || !word.isCapitalised)
    }

    /// "lawyers specializing in": a verb, which binds.
    private func isParticiple(_ index: Int) -> Bool {
        let word = text.words[index].lower
        let participles = language.words.forms.participles
        guard participles.endings.contains(where: word.hasSuffix), word.count > 5, index + 1 < text.words.count else {
            return false
        }
        return participles.before.contains(text.words[index + 1].lower)
    }

    private func spansSentence(_ first: Int, _ last: Int) -> Bool {
        text.words[(first + 1)..<last].contains(where: \.opens)
    }
}
