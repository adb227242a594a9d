import Core

/// A number in digits: `-3`, `1,500.5`, `1e-9`, `$2,000`, `40.7128 N`.
struct Figure {
    var value: Double
    /// The same with all its digits, which a `Double` has not got where it is an identifier of twenty.
    private(set) var json: JSONValue
    var range: Range<Int>
    var currency = ""
    var isMoney: Bool { !currency.isEmpty }

    /// - Returns: nil where none begins at this place.
    init?(at start: Int, in characters: [Character]) {
        func character(_ index: Int) -> Character { characters.indices.contains(index) ? characters[index] : " " }
        func isDigit(_ index: Int) -> Bool { character(index).isASCII && character(index).isNumber }
        guard isDigit(start) || (character(start) == "." && isDigit(start + 1)) else { return nil }
        let before = character(start - 1)
        guard !before.isLetter, !before.isNumber, before != "_", !(before == "." && isDigit(start - 2)) else {
            return nil
        }
        var end = start
        var digits = ""
        // Where commas part the items of a list they do not part thousands.
        let isListed = Self.isInList(start, characters)
        while true {
            if isDigit(end) {
                digits.append(character(end))
            } else if character(end) == ",", !isListed, isDigit(end + 1), isDigit(end + 2), isDigit(end + 3),
                !isDigit(end + 4),
                !digits.isEmpty, !digits.contains(".")
            {
                // The comma is passed over.
            } else if character(end) == ".", isDigit(end + 1), !digits.contains(".") {
                digits.append(".")
            } else {
                break
            }
            end += 1
        }
        if character(end).lowercased() == "e",
            isDigit(end + 1) || ("+-".contains(character(end + 1)) && isDigit(end + 2))
        {
            var exponent = "e"
            var index = end + 1
            while isDigit(index) || (index == end + 1 && "+-".contains(character(index))) {
                exponent.append(character(index))
                index += 1
            }
            digits += exponent
            end = index
        }
        guard let magnitude = Double(digits) else { return nil }
        var isNegative = false
        var first = start
        if let symbol = ["$", "€", "£", "¥", "₹"].first(where: { character(first - 1) == Character($0) }) {
            currency = symbol
            first -= 1
        }
        if "-−–".contains(character(first - 1)), !character(first - 2).isLetter, !character(first - 2).isNumber,
            !")]".contains(character(first - 2))
        {
            isNegative = true
            first -= 1
        }
        // Degrees of latitude and longitude by their hemisphere.
        var letter = end
        while character(letter) == "°" || (character(letter) == " " && letter < end + 2) { letter += 1 }
        if digits.contains("."), "NSEW".contains(character(letter)), !character(letter + 1).isLetter {
            if "SW".contains(character(letter)) { isNegative.toggle() }
            end = letter + 1
        }
        value = isNegative ? -magnitude : magnitude
        json = Self.json(digits, isNegative: isNegative) ?? NumberFilling.json(value)
        range = first..<end
    }

    /// The number as JSON writes it, which allows no zeros before others.
    static func json(_ digits: String, isNegative: Bool) -> JSONValue? {
        let rest = digits.drop { $0 == "0" }
        let isFraction = rest.first?.isNumber != true
        return try? JSONValue(parsing: (isNegative ? "-" : "") + (isFraction ? "0" : "") + rest)
    }

    private static func isInList(_ place: Int, _ characters: [Character]) -> Bool {
        var index = place - 1
        while index >= 0,
            characters[index].isNumber || characters[index].isWhitespace || "-.,".contains(characters[index])
        {
            index -= 1
        }
        return index >= 0 && "[({".contains(characters[index])
    }
}
