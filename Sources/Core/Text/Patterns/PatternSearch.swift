/// Looks through one text for the matches of a pattern, one after the other.
struct PatternSearch {
    private let program: PatternProgram
    private let text: PatternText
    /// For each place and instruction whether it was tried in vain: then it is not tried again, not from another beginning
    /// either. This is what bounds the search.
    private var failed: [UInt64] = []
    private var start = 0
    private var slots: [Int]
    /// What is still to be tried: an instruction at a place, or a slot to be set back.
    private var open: [(instruction: Int, place: Int)] = []
    /// Instructions that were followed, for tests of the bound.
    private(set) var steps = 0

    init(_ program: PatternProgram, _ text: PatternText) {
        self.program = program
        self.text = text
        slots = Array(repeating: -1, count: 2 * program.groups)
    }

    /// The next match; nil where there is no other.
    mutating func next() -> TextPattern.Match? {
        while let candidate = candidate() {
            if let end = match(at: candidate) {
                let groups = (0..<program.groups).map { group -> Range<String.Index>? in
                    let (low, high) = (slots[2 * group], slots[2 * group + 1])
                    return low < 0 || high < low ? nil : text.index(low)..<text.index(high)
                }
                forgetFailures(at: end)
                // An empty match ends where it began.
                start = end > candidate ? end : candidate + 1
                return TextPattern.Match(base: text.base, groups: groups)
            }
            start = candidate + 1
        }
        return nil
    }

    /// The next place where a match may begin.
    private mutating func candidate() -> Int? {
        guard start <= text.units.count else { return nil }
        guard let firsts = program.firsts else { return start }
        while start < text.units.count {
            let unit = text.units[start]
            let may =
                unit < 64
                ? firsts.low >> UInt64(unit) & 1 != 0
                : unit < 128 ? firsts.high >> UInt64(unit - 64) & 1 != 0 : firsts.others
            if may { return start }
            start += 1
        }
        return nil
    }

    // MARK: Trying

    /// - Returns: where a match that begins at a place ends.
    private mutating func match(at place: Int) -> Int? {
        let count = program.instructions.count
        if failed.isEmpty { failed = Array(repeating: 0, count: ((text.units.count + 1) * count + 63) / 64) }
        for slot in slots.indices { slots[slot] = -1 }
        open.removeAll(keepingCapacity: true)
        open.append((0, place))
        while let (first, at) = open.popLast() {
            if first < 0 {
                slots[-1 - first] = at
                continue
            }
            var (instruction, place) = (first, at)
            following: while true {
                let bit = place * count + instruction
                if failed[bit >> 6] >> UInt64(bit & 63) & 1 != 0 { break }
                failed[bit >> 6] |= 1 << UInt64(bit & 63)
                steps += 1
                switch program.instructions[instruction] {
                case .set(let set):
                    guard place < text.units.count, set.contains(text.units[place]) else { break following }
                    (instruction, place) = (instruction + 1, place + 1)
                case .split(let one, let other):
                    open.append((other, place))
                    instruction = one
                case .jump(let target): instruction = target
                case .save(let slot):
                    open.append((-1 - slot, slots[slot]))
                    slots[slot] = place
                    instruction += 1
                case .start:
                    guard place == 0 else { break following }
                    instruction += 1
                case .end:
                    guard place == text.units.count else { break following }
                    instruction += 1
                case .wordBoundary:
                    guard text.isWordBoundary(place) else { break following }
                    instruction += 1
                case .ahead(let next, let isWanted):
                    guard goesOn(instruction + 1, place) == isWanted else { break following }
                    instruction = next
                case .match: return place
                }
            }
        }
        return nil
    }

    /// Whether the text goes on at a place as the instructions from one on say. They take a bounded number of characters.
    private mutating func goesOn(_ instruction: Int, _ place: Int) -> Bool {
        var (instruction, place) = (instruction, place)
        while true {
            steps += 1
            switch program.instructions[instruction] {
            case .set(let set):
                guard place < text.units.count, set.contains(text.units[place]) else { return false }
                (instruction, place) = (instruction + 1, place + 1)
            case .split(let one, let other):
                if goesOn(one, place) { return true }
                instruction = other
            case .jump(let target): instruction = target
            case .save: instruction += 1
            case .start:
                guard place == 0 else { return false }
                instruction += 1
            case .end:
                guard place == text.units.count else { return false }
                instruction += 1
            case .wordBoundary:
                guard text.isWordBoundary(place) else { return false }
                instruction += 1
            case .ahead(let next, let isWanted):
                guard goesOn(instruction + 1, place) == isWanted else { return false }
                instruction = next
            case .match: return true
            }
        }
    }

    /// What was tried on the way to a match did not fail. Of that only what was tried where the match ends matters: the
    /// next begins there, and what was tried behind it did fail.
    private mutating func forgetFailures(at place: Int) {
        let count = program.instructions.count
        for bit in place * count..<(place + 1) * count { failed[bit >> 6] &= ~(1 << UInt64(bit & 63)) }
    }
}
