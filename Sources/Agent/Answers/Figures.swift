import Foundation

/// Numbers, times and dates as texts write them, found in one pass.
enum Figures {
    /// Without separators of thousands: `1234` of "1,234".
    static func all(in text: String) -> [String] {
        guard text.utf8.contains(where: { 0x30...0x39 ~= $0 || $0 >= 0x80 }) else { return [] }
        var figures: [String] = []
        var figure = String.UnicodeScalarView()
        let scalars = Array(text.unicodeScalars)
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            if isDigit(scalar) {
                figure.append(scalar)
            } else if !figure.isEmpty, !joins(scalars, index) {
                figures.append(String(figure))
                figure.removeAll()
            } else if !figure.isEmpty, scalar != "," {
                figure.append(scalar)
            }
            index += 1
        }
        if !figure.isEmpty { figures.append(String(figure)) }
        return figures
    }

    /// Whether what stands between digits joins them to one figure: a point, a colon, a dash, or a comma before three.
    private static func joins(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
        func isDigit(_ place: Int) -> Bool { place < scalars.count && Self.isDigit(scalars[place]) }
        switch scalars[index] {
        case ":", ".", "-": return isDigit(index + 1)
        case ",": return isDigit(index + 1) && isDigit(index + 2) && isDigit(index + 3)
        default: return false
        }
    }

    static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? ("0"..."9").contains(scalar) : scalar.properties.generalCategory == .decimalNumber
    }

    static func trimmed(_ figure: some StringProtocol) -> String { String(figure.drop { $0 == "0" }) }

    /// Digits after the point.
    static func decimals(_ figure: String) -> Int { figure.split(separator: ".").dropFirst().first?.count ?? 0 }
}

/// Figures that were read, to be asked whether a figure is one of them, or a rounding of one. Each is looked up, however
/// many there are.
struct FigureIndex: Sendable {
    private var exact: Set<String> = []
    private var values: Set<Double> = []
    /// Those with digits after a point, in order.
    private var fractions: [Double] = []
    /// Without leading zeros: 07:05 and 7:05; 2026, 06 and 21 of 2026-06-21.
    private var parts: Set<String> = []

    init(_ figures: some Sequence<String>) {
        for figure in figures where exact.insert(figure).inserted {
            parts.insert(Figures.trimmed(figure))
            guard let value = Double(figure) else {
                for part in figure.split(separator: "-") { parts.insert(Figures.trimmed(part)) }
                continue
            }
            values.insert(value)
            if figure.utf8.contains(UInt8(ascii: ".")) { fractions.append(value) }
        }
        fractions.sort()
    }

    var isEmpty: Bool { exact.isEmpty }
    var all: [String] { exact.sorted() }

    /// Whether a figure is one of these, or a rounding of one.
    func has(_ figure: String) -> Bool {
        if exact.contains(figure) || parts.contains(Figures.trimmed(figure)) { return true }
        guard let value = Double(figure) else { return false }
        if values.contains(value) { return true }
        let half = pow(10, Double(-Figures.decimals(figure))) / 2 + 1e-9
        let first = fractions.partitioningIndex { $0 >= value - half }
        return first < fractions.count && fractions[first] <= value + half
    }
}

/// The same the other way about: figures of which another may be the exact value.
struct RoundedFigures: Sendable {
    private var trimmed: Set<String> = []
    /// Values by how many digits stand after the point, in order.
    private var byDecimals: [Int: [Double]] = [:]

    private static let mostDecimals = 20

    init(_ figures: some Collection<String>) {
        for figure in figures where trimmed.insert(Figures.trimmed(figure)).inserted {
            guard let value = Double(figure) else { continue }
            byDecimals[min(Figures.decimals(figure), Self.mostDecimals), default: []].append(value)
        }
        for decimals in byDecimals.keys { byDecimals[decimals]?.sort() }
    }

    /// Whether one of these figures is this one, or a rounding or a part of it.
    func hasRounding(of figure: String) -> Bool {
        if trimmed.contains(Figures.trimmed(figure)) { return true }
        guard let exact = Double(figure) else {
            return figure.split(separator: "-").contains { trimmed.contains(Figures.trimmed($0)) }
        }
        let isFraction = figure.utf8.contains(UInt8(ascii: "."))
        return byDecimals.contains { decimals, values in
            let half = isFraction ? pow(10, Double(-decimals)) / 2 + 1e-9 : 0
            let first = values.partitioningIndex { $0 >= exact - half }
            return first < values.count && values[first] <= exact + half
        }
    }
}

extension Array {
    /// The first place from which on all elements belong to the second part, in a list that is ordered so.
    fileprivate func partitioningIndex(where isSecond: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isSecond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
