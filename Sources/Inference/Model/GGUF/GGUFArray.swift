/// What is known of an array of a GGUF header once it was read over: its elements are not kept.
struct GGUFArray {
    enum Elements {
        case texts
        case integers(ClosedRange<Int>)
        case reals(areNumbers: Bool)
    }

    let count: Int
    let elements: Elements

    /// Bytes of one text in it.
    private static let mostText = 1 << 20
    /// More elements no vocabulary and no list of layers has.
    private static let most = 1 << 24
    /// Elements that are looked at together.
    private static let portion = 4096

    /// - Throws: also where a text in it is no UTF-8: libllama throws at some of those when it is first used.
    init(of key: String, reading input: inout GGUFInput) throws(GGUFProblem) {
        let type: UInt32 = try input.number()
        let widths: [UInt32: Int] = [0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 8: 8, 10: 8, 11: 8, 12: 8]
        guard let width = widths[type] else {
            throw .invalid("\(key) is a list of the type \(type), which there is not")
        }
        count = try input.count(of: "the length of \(key)", bytesEach: width)
        guard count <= Self.most else { throw .invalid("\(key) has \(count) elements; no model has so many") }
        if type == 8 {
            for _ in 0..<count {
                let bytes = try input.text("an element of \(key)", most: Self.mostText)
                guard String(validating: bytes, as: UTF8.self) != nil else {
                    throw .invalid("an element of \(key) is no text")
                }
            }
            elements = .texts
            return
        }
        var smallest = Int.max
        var largest = Int.min
        var areNumbers = true
        var read = 0
        while read < count {
            let portion = min(Self.portion, count - read)
            let bytes = try input.bytes(portion * width)
            for index in 0..<portion {
                let start = bytes.startIndex + index * width
                var bits: UInt64 = 0
                for place in 0..<width { bits |= UInt64(bytes[start + place]) << (8 * UInt64(place)) }
                switch type {
                case 6: areNumbers = areNumbers && !Float(bitPattern: UInt32(bits)).isNaN
                case 12: areNumbers = areNumbers && !Double(bitPattern: bits).isNaN
                default:
                    let value = Self.integer(bits, type)
                    smallest = min(smallest, value)
                    largest = max(largest, value)
                }
            }
            read += portion
        }
        elements =
            switch type {
            case 6, 12: .reals(areNumbers: areNumbers)
            default: .integers(count == 0 ? 0...0 : smallest...largest)
            }
    }

    private static func integer(_ bits: UInt64, _ type: UInt32) -> Int {
        switch type {
        case 1: Int(Int8(truncatingIfNeeded: bits))
        case 3: Int(Int16(truncatingIfNeeded: bits))
        case 5: Int(Int32(truncatingIfNeeded: bits))
        default: Int(clamping: type == 11 ? Int64(bitPattern: bits) : Int64(clamping: bits))
        }
    }
}
