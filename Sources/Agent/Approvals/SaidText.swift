import Core
import Foundation
import Understanding

/// What the user has said in a conversation, and whether the values of a call stand in it.
///
/// Strict on purpose: a value that is only meant ("tomorrow", a `true`) is not said. What follows from it is that the user
/// is asked, not that anything goes wrong. Reading takes time proportional to the text's length, a search to both lengths.
struct SaidText: Sendable {
    private let scalars: [Unicode.Scalar]
    /// The numbers that stand in it, in digits or as a word.
    private let numbers: Set<Double>

    init(_ text: String, in language: QuestionLanguage) {
        scalars = Self.scalars(text)
        numbers = SaidNumbers.all(in: scalars, language.numbers)
    }

    /// The place of a value in a call's arguments that the user did not say, such as `item` or `lines[0].count`; nil where
    /// all of them were said.
    ///
    /// - Parameter schema: of the arguments: a value that it leaves no choice about need not be said.
    func unsaid(in arguments: JSONValue, schema: JSONValue) -> String? {
        guard case .object(let members) = arguments else { return "arguments" }
        return unsaid(in: members, schema: schema, place: "")
    }

    private func unsaid(in members: JSONObject, schema: JSONValue?, place: String) -> String? {
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            let place = place.isEmpty ? name : "\(place).\(name)"
            let known = schema?["properties"]?[name]
            // A name that the document does not give is a value itself.
            if known == nil, !holds(name) { return place }
            if let unsaid = unsaid(value, schema: known, place: place) { return unsaid }
        }
        return nil
    }

    private func unsaid(_ value: JSONValue, schema: JSONValue?, place: String) -> String? {
        if schema?["const"] == value || schema?["enum"]?.array == [value] { return nil }
        switch value {
        case .null, .bool, .array([]), .object([:]): return place
        case .integer(let number):
            // Of larger ones a Double cannot tell neighbours apart: they must stand there digit by digit.
            let isSaid = number.magnitude < 1 << 53 ? numbers.contains(Double(number)) : holds("\(number)")
            return isSaid ? nil : place
        case .number(let number): return numbers.contains(number) ? nil : place
        // More digits than a Double tells apart must stand there as they are.
        case .digits(let digits): return holds(digits) ? nil : place
        case .string(let text):
            // "5" is not said by "-5" or "1.5".
            if let number = Double(text), !numbers.contains(number) { return place }
            return holds(text) ? nil : place
        case .array(let items):
            for (index, item) in items.enumerated() {
                if let unsaid = unsaid(item, schema: schema?["items"], place: "\(place)[\(index)]") { return unsaid }
            }
            return nil
        case .object(let members): return unsaid(in: members, schema: schema, place: place)
        }
    }

    /// Whether a text stands in what was said, not as a part of other words; whatever its case and line breaks.
    private func holds(_ text: String) -> Bool {
        let part = Self.scalars(text)
        guard let first = part.first, let last = part.last, part.count <= scalars.count else { return false }
        let borders = Self.borders(of: part)
        var matched = 0
        for (index, scalar) in scalars.enumerated() {
            while matched > 0, part[matched] != scalar { matched = borders[matched - 1] }
            if part[matched] == scalar { matched += 1 }
            guard matched == part.count else { continue }
            let start = index + 1 - matched
            let beginsWord = start == 0 || !first.isWordPart || !scalars[start - 1].isWordPart
            let endsWord = index + 1 == scalars.count || !last.isWordPart || !scalars[index + 1].isWordPart
            if beginsWord, endsWord { return true }
            matched = borders[matched - 1]
        }
        return false
    }

    /// For each beginning of a text the length of its longest proper beginning that is also its end (Knuth, Morris and
    /// Pratt, "Fast pattern matching in strings", 1977).
    private static func borders(of part: [Unicode.Scalar]) -> [Int] {
        var borders = [Int](repeating: 0, count: part.count)
        var length = 0
        for index in part.indices.dropFirst() {
            while length > 0, part[length] != part[index] { length = borders[length - 1] }
            if part[length] == part[index] { length += 1 }
            borders[index] = length
        }
        return borders
    }

    /// In small letters and one normal form, with one space for any white space.
    private static func scalars(_ text: String) -> [Unicode.Scalar] {
        var scalars: [Unicode.Scalar] = []
        for scalar in text.lowercased().precomposedStringWithCanonicalMapping.unicodeScalars {
            guard scalar.properties.isWhitespace else {
                scalars.append(scalar)
                continue
            }
            if let last = scalars.last, last != " " { scalars.append(" ") }
        }
        if scalars.last == " " { scalars.removeLast() }
        return scalars
    }
}

/// Reads the numbers that stand in a text, each character once.
private enum SaidNumbers {
    static func all(in scalars: [Unicode.Scalar], _ words: NumberWords) -> Set<Double> {
        var numbers: Set<Double> = []
        var index = 0
        while index < scalars.count {
            if scalars[index].isDigit {
                let (number, end) = figure(at: index, in: scalars)
                if let number { numbers.insert(number) }
                index = end
            } else if scalars[index].properties.isAlphabetic {
                let start = index
                while index < scalars.count, scalars[index].properties.isAlphabetic || scalars[index] == "-" {
                    index += 1
                }
                if let number = words.value(of: text(scalars[start..<index])) { numbers.insert(number) }
                // The digits of "A4" and "x2" are no number.
                while index < scalars.count, scalars[index].isDigit { index += 1 }
            } else {
                index += 1
            }
        }
        return numbers
    }

    /// The number whose digits begin at a place: `15`, `-7.50`, `1,500`, `1e-9`; nil where they are none. And where its
    /// characters end.
    private static func figure(at start: Int, in scalars: [Unicode.Scalar]) -> (Double?, end: Int) {
        func scalar(_ index: Int) -> Unicode.Scalar { scalars.indices.contains(index) ? scalars[index] : " " }
        func areDigits(_ range: Range<Int>) -> Bool { range.allSatisfy { scalar($0).isDigit } }
        var digits = String.UnicodeScalarView()
        var hasPoint = false
        var end = start
        if scalar(start - 1) == "." {
            digits.append(contentsOf: "0.".unicodeScalars)
            hasPoint = true
        }
        while true {
            if scalar(end).isDigit {
                digits.append(scalar(end))
            } else if scalar(end) == ",", !hasPoint, areDigits(end + 1..<end + 4), !scalar(end + 4).isDigit {
                // Parts thousands, and is passed over.
            } else if scalar(end) == ".", !hasPoint, scalar(end + 1).isDigit {
                digits.append(".")
                hasPoint = true
            } else {
                break
            }
            end += 1
        }
        let sign = "+-".unicodeScalars.contains(scalar(end + 1)) ? 1 : 0
        if scalar(end) == "e", scalar(end + 1 + sign).isDigit {
            digits.append(contentsOf: scalars[end...(end + sign)])
            end += 1 + sign
            while scalar(end).isDigit {
                digits.append(scalar(end))
                end += 1
            }
        }
        guard scalar(start - 1) != "_" else { return (nil, end) }
        let before = scalar(start - 1) == "." ? start - 2 : start - 1
        let isNegative = "-−".unicodeScalars.contains(scalar(before)) && !scalar(before - 1).isWordPart
        return (Double(String(digits)).map { isNegative ? -$0 : $0 }, end)
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}

extension Unicode.Scalar {
    fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
    /// Whether it goes on with a word or a number beside it.
    fileprivate var isWordPart: Bool { isDigit || properties.isAlphabetic || properties.numericType != nil }
}
