/// A program walked byte by byte: a state is a set of threads, each a place in the program and a stack, and is made when
/// it is first reached. The same bytes from the same state are looked up from then on.
struct ByteMachine {
    /// The state that no text leads out of.
    static let dead = 0

    private enum Frame: Hashable {
        case bottom
        case call(next: Int, below: Int)
        case loop(Int, done: Int, below: Int)
    }

    private struct Key: Hashable {
        var threads: [UInt64]
        var mayEnd: Bool
    }

    private let program: Program
    private var frames: [Frame] = [.bottom]
    private var frameIDs: [Frame: Int] = [.bottom: 0]
    private var states: [Key] = []
    private var stateIDs: [Key: Int] = [:]
    /// 256 for each state; -1 where it was not looked for yet.
    private var transitions: [Int32] = []
    /// The frame with counters no token can tell from this one's, by frame.
    private var clampedFrames: [Int: Int] = [:]
    private(set) var start = 0

    init(_ program: Program) {
        self.program = program
        _ = intern([], mayEnd: false)
        var closure = Closure()
        close(program.root, 0, &closure)
        start = intern(closure.threads, mayEnd: closure.mayEnd)
    }

    var stateCount: Int { states.count }

    func mayEnd(_ state: Int) -> Bool { states[state].mayEnd }

    /// The bytes that may follow.
    func nextBytes(_ state: Int) -> ByteSet {
        var set = ByteSet()
        for thread in states[state].threads {
            if case .bytes(let bytes, _) = program.nodes[Int(thread >> 32)] { set.formUnion(bytes) }
        }
        return set
    }

    mutating func next(_ state: Int, _ byte: UInt8) -> Int {
        let known = transitions[state << 8 | Int(byte)]
        return known >= 0 ? Int(known) : find(state, byte)
    }

    private mutating func find(_ state: Int, _ byte: UInt8) -> Int {
        var closure = Closure()
        for thread in states[state].threads {
            if case .bytes(let set, let next) = program.nodes[Int(thread >> 32)], set.contains(byte) {
                close(next, Int(thread & 0xffff_ffff), &closure)
            }
        }
        let target = intern(closure.threads, mayEnd: closure.mayEnd)
        transitions[state << 8 | Int(byte)] = Int32(target)
        return target
    }

    private mutating func intern(_ threads: Set<UInt64>, mayEnd: Bool) -> Int {
        let key = Key(threads: threads.sorted(), mayEnd: mayEnd)
        if let known = stateIDs[key] { return known }
        states.append(key)
        stateIDs[key] = states.count - 1
        transitions += repeatElement(-1, count: 256)
        return states.count - 1
    }

    private mutating func intern(_ frame: Frame) -> Int {
        if let known = frameIDs[frame] { return known }
        frames.append(frame)
        frameIDs[frame] = frames.count - 1
        return frames.count - 1
    }

    // MARK: What can be reached without reading

    private struct Closure {
        var threads: Set<UInt64> = []
        var seen: Set<UInt64> = []
        var mayEnd = false
    }

    /// Follows everything that reads no byte, from a node with a stack.
    private mutating func close(_ node: Int, _ frame: Int, _ closure: inout Closure) {
        var open = [(node, frame)]
        while let (node, frame) = open.popLast() {
            let thread = UInt64(node) << 32 | UInt64(frame)
            switch program.nodes[node] {
            case .bytes:
                closure.threads.insert(thread)
                continue
            default: guard closure.seen.insert(thread).inserted else { continue }
            }
            switch program.nodes[node] {
            case .bytes: break
            case .split(let choices): for choice in choices { open.append((choice, frame)) }
            case .call(let entry, let next):
                // A call at a rule's end needs no way back to it.
                if case .end = program.nodes[next] {
                    open.append((entry, frame))
                } else {
                    open.append((entry, intern(.call(next: next, below: frame))))
                }
            case .loop(let loop): enter(loop, done: 0, below: frame, &open)
            case .loopEnd:
                if case .loop(let loop, let done, let below) = frames[frame] {
                    enter(loop, done: done + 1, below: below, &open)
                }
            case .end:
                switch frames[frame] {
                case .bottom: closure.mayEnd = true
                case .call(let next, let below): open.append((next, below))
                case .loop: break
                }
            }
        }
    }

    private mutating func enter(_ index: Int, done: Int, below: Int, _ open: inout [(Int, Int)]) {
        let loop = program.loops[index]
        // Without an upper bound, only the lower one is worth counting.
        let done = loop.most == nil ? min(done, loop.least) : done
        if done >= loop.least { open.append((loop.next, below)) }
        if loop.most.map({ done < $0 }) ?? true {
            open.append((loop.body, intern(.loop(index, done: done, below: below))))
        }
    }

    // MARK: Masks

    /// The state with its counters clamped: no token of at most `length` bytes can tell it from the other, so that a
    /// text of thousands of characters needs a few masks only.
    mutating func clamped(_ state: Int, length: Int) -> Int {
        let key = states[state]
        let threads = key.threads.map { thread in
            thread & 0xffff_ffff_0000_0000 | UInt64(clamp(Int(thread & 0xffff_ffff), length))
        }
        return intern(Set(threads), mayEnd: key.mayEnd)
    }

    private mutating func clamp(_ frame: Int, _ length: Int) -> Int {
        if let known = clampedFrames[frame] { return known }
        let result: Int
        switch frames[frame] {
        case .bottom: result = 0
        case .call(let next, let below): result = intern(.call(next: next, below: clamp(below, length)))
        case .loop(let index, let done, let below):
            let loop = program.loops[index]
            var clamped = done
            if loop.least - done > length {
                clamped = loop.least - length - 1
            } else if let most = loop.most, done >= loop.least, most - done > length {
                clamped = max(loop.least, most - length - 1)
            }
            result = intern(.loop(index, done: clamped, below: clamp(below, length)))
        }
        clampedFrames[frame] = result
        return result
    }

    /// Whether the state stands inside a JSON string that can take any token of plain characters.
    func takesPlainText(_ state: Int, length: Int) -> Bool {
        states[state].threads.contains { thread in
            guard case .loop(let index, let done, _) = frames[Int(thread & 0xffff_ffff)] else { return false }
            let loop = program.loops[index]
            return loop.plainNode == Int(thread >> 32) && (loop.most.map { $0 - done > length } ?? true)
        }
    }

    /// Sets the bits of the trie's tokens that can be read from a state.
    mutating func mark(_ trie: TokenTrie, from state: Int, in words: inout [UInt64]) {
        var path = [Int](repeating: Self.dead, count: 1)
        path[0] = state
        var index = 0
        let count = trie.bytes.count
        while index < count {
            let depth = Int(trie.depths[index])
            let target = next(path[depth], trie.bytes[index])
            guard target != Self.dead else {
                index = Int(trie.ends[index])
                continue
            }
            for position in trie.tokenStarts[index]..<trie.tokenStarts[index + 1] {
                let token = Int(trie.tokens[Int(position)])
                words[token / 64] |= 1 << UInt64(token % 64)
            }
            if path.count == depth + 1 { path.append(target) } else { path[depth + 1] = target }
            index += 1
        }
    }
}
