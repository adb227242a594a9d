/// The signs of many vectors, by which those that may be near to one are found in a pass over a few bytes each: vectors of
/// 384 components take 48 bytes, and a hundred thousand of them some milliseconds.
struct SignTable: Sendable {
    private(set) var contents: [Int] = []
    private var words: [UInt64] = []
    private var rows: [Int: Int] = [:]
    /// Words a vector.
    private var width = 0

    var count: Int { contents.count }

    /// Adds a vector, or replaces it. Of another size than those before it is left out.
    mutating func set(_ content: Int, _ signs: [UInt64]) {
        if contents.isEmpty {
            width = signs.count
            words.removeAll()
        }
        guard signs.count == width, width > 0 else { return }
        if let row = rows[content] {
            for (offset, word) in signs.enumerated() { words[row * width + offset] = word }
        } else {
            rows[content] = contents.count
            contents.append(content)
            words += signs
        }
    }

    /// Takes out a vector; the last one takes its place.
    mutating func remove(_ content: Int) {
        guard let row = rows.removeValue(forKey: content) else { return }
        let last = contents.count - 1
        if row < last {
            contents[row] = contents[last]
            rows[contents[row]] = row
            for offset in 0..<width { words[row * width + offset] = words[last * width + offset] }
        }
        contents.removeLast()
        words.removeLast(width)
    }

    /// The contents whose signs differ least.
    ///
    /// - Parameters:
    ///   - limit: about how many; those that differ as much as the last one come too, up to twice as many.
    ///   - wanted: only these; nil is all.
    func nearest(to signs: [UInt64], limit: Int, within wanted: Set<Int>?) -> [Int] {
        guard signs.count == width, !contents.isEmpty, limit > 0 else { return [] }
        let far = UInt16(width * 64 + 1)
        var distances = [UInt16](repeating: far, count: contents.count)
        var histogram = [Int](repeating: 0, count: width * 64 + 2)
        // `unsafe`: rows and offsets stay below the tables' sizes, and checking them would take as long as the rest.
        unsafe words.withUnsafeBufferPointer { words in
            unsafe distances.withUnsafeMutableBufferPointer { distances in
                for row in 0..<contents.count {
                    if let wanted, !wanted.contains(contents[row]) { continue }
                    var distance = 0
                    for offset in 0..<width {
                        unsafe distance += (words[row &* width &+ offset] ^ signs[offset]).nonzeroBitCount
                    }
                    unsafe distances[row] = UInt16(distance)
                    histogram[distance] += 1
                }
            }
        }
        var bar = 0
        var found = histogram[0]
        while bar < width * 64, found < limit {
            bar += 1
            found += histogram[bar]
        }
        var result: [Int] = []
        var ties: [Int] = []
        for row in 0..<contents.count where Int(distances[row]) <= bar {
            if Int(distances[row]) < bar { result.append(contents[row]) } else { ties.append(contents[row]) }
        }
        return result + ties.prefix(2 * limit - result.count)
    }
}
