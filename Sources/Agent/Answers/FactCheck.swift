import Core
import Foundation

/// Looks for an answer's figures in what the plugins said. Reading the sources is one pass over them, and each figure of the
/// answer is looked up.
struct FactCheck: Sendable {
    private let sources: FigureIndex
    /// Figures the plugins said and the user did not.
    private let newFigures: FigureIndex
    private let sourceWords: Set<String>

    /// - Parameters:
    ///   - results: what the plugins said.
    ///   - given: what the user said; its figures may be repeated.
    init(results: [JSONValue], given: [String]) {
        self.init(texts: results.map(ResultText.lines), given: given)
    }

    /// - Parameter texts: what the answer is made from.
    init(texts: [String], given: [String]) {
        let said = Set(given.flatMap(Figures.all))
        let read = texts.flatMap(Figures.all)
        sources = FigureIndex(Array(said) + read)
        let known = RoundedFigures(said)
        newFigures = FigureIndex(Set(read).filter { !said.contains($0) && !known.hasRounding(of: $0) })
        var words: Set<String> = []
        for text in texts + given { Self.addWords(of: text, to: &words) }
        sourceWords = words
    }

    /// The figures and capitalised names of a text that no source has, and that are not worked out there from what the
    /// sources have.
    func unsupported(in text: String) -> [String] {
        unsupportedFigures(in: text) + Self.names(in: text).filter { !sourceWords.contains($0) }
    }

    /// The figures alone.
    func unsupportedFigures(in text: String) -> [String] {
        let worked = worked(in: text)
        return Figures.all(in: text).filter { figure in !sources.has(figure) && !worked.contains(figure) }
    }

    /// The figures that may stand in an answer, as they were written.
    var figures: [String] { sources.all }

    /// `22 - 4 = 18`
    private static let shown = TextPattern(
        #"(\d+(?:\.\d+)?)\s*([-+*/−×÷])\s*(\d+(?:\.\d+)?)\s*=\s*(\d+(?:\.\d+)?)"#)
    private static let thousands = TextPattern(#"(\d),(\d{3})"#)

    /// What a text works out, rightly and from figures of the sources: the 18 of "22 - 4 = 18".
    private func worked(in text: String) -> Set<String> {
        guard text.utf8.contains(UInt8(ascii: "=")) else { return [] }
        let plain = Self.thousands.replacing(in: text) { "\($0.text(1))\($0.text(2))" }
        return Set(
            Self.shown.matches(in: plain).compactMap { match in
                let (first, second, result) = (match.text(1), match.text(3), match.text(4))
                guard sources.has(String(first)), sources.has(String(second)), let a = Double(first),
                    let b = Double(second), let value = Self.value(a, match.text(2), b)
                else { return nil }
                return FigureIndex(["\(value)"]).has(String(result)) ? String(result) : nil
            })
    }

    private static func value(_ a: Double, _ sign: Substring, _ b: Double) -> Double? {
        switch sign {
        case "+": a + b
        case "-", "−": a - b
        case "*", "×": a * b
        default: b == 0 ? nil : a / b
        }
    }

    /// Whether a text says a figure that a plugin gave and the question did not, where there is one.
    func holdsResult(_ text: String) -> Bool {
        newFigures.isEmpty || Figures.all(in: text).contains(where: newFigures.has)
    }

    // MARK: Words

    /// Words with a capital that do not begin a sentence, in lower case.
    private static func names(in text: String) -> [String] {
        name.matches(in: text).map { $0.text(1).lowercased() }
    }

    private static let name = TextPattern(#"[a-z,:] (\p{Lu}\p{L}{2,})"#)

    private static func addWords(of text: String, to words: inout Set<String>) {
        var word = String.UnicodeScalarView()
        for scalar in text.lowercased().unicodeScalars {
            if isLetter(scalar) {
                word.append(scalar)
            } else if !word.isEmpty {
                words.insert(String(word))
                word.removeAll()
            }
        }
        if !word.isEmpty { words.insert(String(word)) }
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return ("a"..."z").contains(scalar) }
        return scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark
    }
}
