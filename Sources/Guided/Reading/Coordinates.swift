import Core
import Understanding

/// A place on the Earth by its latitude and longitude in degrees: "52.52, 13.41".
struct Coordinates: Sendable {
    var latitude: (value: JSONValue, range: Range<Int>)
    var longitude: (value: JSONValue, range: Range<Int>)

    private static let pair = TextPattern(#"([-−]?\d{1,2}\.\d+)°?\s*[,/ ]\s*([-−]?\d{1,3}\.\d+)(?![.\d])"#)

    static func all(in text: Utterance) -> [Coordinates] {
        let written = String(text.characters)
        return pair.matches(in: written).compactMap { match in
            guard let latitude = number(match.text(1)), let longitude = number(match.text(2)),
                abs(latitude) <= 90, abs(longitude) <= 180
            else { return nil }
            let start = written.distance(from: written.startIndex, to: match.range.lowerBound)
            let end = written.distance(from: written.startIndex, to: match.range.upperBound)
            // No digit before it: "81.2.69.142" is none.
            guard start == 0 || !(text.characters[start - 1].isNumber || text.characters[start - 1] == ".") else {
                return nil
            }
            return Coordinates(
                latitude: (.number(latitude), start..<(start + match.text(1).count)),
                longitude: (.number(longitude), (end - match.text(2).count)..<end))
        }
    }

    var range: Range<Int> { latitude.range.lowerBound..<longitude.range.upperBound }

    private static func number(_ text: Substring) -> Double? { Double(text.replacing("−", with: "-")) }
}
