import Core
import Foundation

/// Looks for an answer's figures in what the plugins said.
struct FactCheck: Sendable {
    private let sources: Set<String>
    /// Figures the plugins said and the user did not.
    private let newFigures: Set<String>
    private let sourceWords: Set<String>

    /// - Parameters:
    ///   - results: what the plugins said.
    ///   - given: what the user said; its figures may be repeated.
    init(results: [JSONValue], given: [String]) {
        self.init(texts: results.map(ResultText.lines), given: given)
    }

    /// - Parameter texts: what the answer is made from.
    init(texts: [String], given: [String]) {
        let said = Set(given.flatMap(Self.figures))
        sources = said.union(texts.flatMap(Self.figures))
        newFigures = sources.filter { figure in !said.contains { Self.matches($0, figure) } }
        sourceWords = Set((texts + given).flatMap(Self.words))
    }

    /// The figures and capitalised names of a text that no source has, and that are not worked out there from what the
    /// sources have.
    func unsupported(in text: String) -> [String] {
        let worked = worked(in: text)
        return Self.figures(in: text).filter { figure in !isKnown(figure) && !worked.contains(figure) }
            + Self.names(in: text).filter { !sourceWords.contains($0) }
    }

    /// The figures that may stand in an answer, as they were written.
    var figures: [String] { sources.sorted() }

    private func isKnown(_ figure: String) -> Bool { sources.contains { Self.matches(figure, $0) } }

    /// What a text works out, rightly and from figures of the sources: the 18 of "22 - 4 = 18".
    private func worked(in text: String) -> Set<String> {
        let shown = /(\d+(?:\.\d+)?)\s*([-+*\/−×÷])\s*(\d+(?:\.\d+)?)\s*=\s*(\d+(?:\.\d+)?)/
        let plain = Self.withoutSeparators(text)
        return Set(
            plain.matches(of: shown).compactMap { match in
                let (_, first, sign, second, result) = match.output
                guard isKnown(String(first)), isKnown(String(second)), let a = Double(first), let b = Double(second),
                    let value = Self.value(a, sign, b)
                else { return nil }
                return Self.matches(String(result), "\(value)") ? String(result) : nil
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
        newFigures.isEmpty
            || Self.figures(in: text).contains { figure in newFigures.contains { Self.matches(figure, $0) } }
    }

    /// Numbers, times and dates, without separators of thousands.
    static func figures(in text: String) -> [String] {
        withoutSeparators(text).matches(of: /\d+(?:[:.\-]\d+)*/).map { String($0.output) }
    }

    private static func withoutSeparators(_ text: String) -> String {
        text.replacing(/(\d),(\d{3})/) { "\($0.1)\($0.2)" }
    }

    /// Words with a capital that do not begin a sentence, in lower case.
    private static func names(in text: String) -> [String] {
        text.matches(of: /[a-z,:] (\p{Lu}\p{L}{2,})/).map { $0.1.lowercased() }
    }

    private static func words(of text: String) -> [String] {
        text.split { !$0.isLetter }.map { $0.lowercased() }
    }

    /// Equal, or the one a rounding of the other.
    private static func matches(_ figure: String, _ source: String) -> Bool {
        if figure == source { return true }
        guard let value = Double(figure), let exact = Double(source) else {
            // 07:05 and 7:05; 2026 of 2026-06-21.
            return trimmed(figure) == trimmed(source)
                || source.split(separator: "-").contains { trimmed(String($0)) == trimmed(figure) }
        }
        if value == exact { return true }
        let decimals = figure.split(separator: ".").dropFirst().first?.count ?? 0
        let unit = pow(10, Double(-decimals))
        return source.contains(".") && abs(value - exact) <= unit / 2 + 1e-9
    }

    private static func trimmed(_ text: String) -> String {
        String(text.drop { $0 == "0" })
    }
}
