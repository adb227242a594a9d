/// A program walked byte by byte: a state is a set of threads, each a place in the program and a stack, and is made when
/// it is first reached. The same bytes from the same state are looked up from then on.
struct ByteMachine {
    /// The state that no text leads out of.
    static let dead = 0
    /// The state of a text that can be read in more ways than are followed.
    static let exhausted = 1

    /// Ways to read a text that are followed at once. A grammar whose ambiguity doubles with every level of a text comes
    /// here after a dozen levels; the alternatives of one place are far fewer.
    private static let mostThreads = 4096
    /// Places that are passed on the way to them.
    private static let mostPassed = 65_536
    /// What a machine may hold, in bytes, before all that is new is refused. Whoever drives it begins anew long before;
    /// this is for what a single mask might ask for.
    static let mostBytes = 48 << 20

    enum Frame: Hashable {
        case bottom
        case call(next: Int, below: Int)
        case loop(Int, done: Int, below: Int)
    }

    struct Key: Hashable {
        var threads: [UInt64]
        var mayEnd: Bool
    }

    let program: Program
    private(set) var frames: [Frame] = [.bottom]
    private var frameIDs: [Frame: Int] = [.bottom: 0]
    private(set) var states: [Key] = []
    private var stateIDs: [Key: Int] = [:]
    /// 256 for each state; -1 where it was not looked for yet.
    private var transitions: [Int32] = []
    /// The frame with counters no token can tell from this one's, by frame.
    var clampedFrames: [Int: Int] = [:]
    private(set) var start = 0
    /// About what is held, in bytes.
    var bytes = 0
    /// Whether something was refused because too much was held.
    private(set) var isFull = false

    init(_ program: Program) {
        self.program = program
        _ = intern([], mayEnd: false)
        // What is exhausted stays so, and looks like no state that a text leads to.
        states.append(Key(threads: [], mayEnd: false))
        transitions += repeatElement(Int32(Self.exhausted), count: 256)
        var closure = Closure()
        start =
            close(program.root, 0, &closure) ? intern(closure.threads, mayEnd: closure.mayEnd) : Self.exhausted
    }

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
        guard bytes < Self.mostBytes else {
            isFull = true
            return Self.exhausted
        }
        var closure = Closure()
        for thread in states[state].threads {
            guard case .bytes(let set, let next) = program.nodes[Int(thread >> 32)], set.contains(byte) else {
                continue
            }
            guard close(next, Int(thread & 0xffff_ffff), &closure) else {
                transitions[state << 8 | Int(byte)] = Int32(Self.exhausted)
                return Self.exhausted
            }
        }
        let target = intern(closure.threads, mayEnd: closure.mayEnd)
        transitions[state << 8 | Int(byte)] = Int32(target)
        return target
    }

    mutating func intern(_ threads: Set<UInt64>, mayEnd: Bool) -> Int {
        let key = Key(threads: threads.sorted(), mayEnd: mayEnd)
        if let known = stateIDs[key] { return known }
        states.append(key)
        stateIDs[key] = states.count - 1
        transitions += repeatElement(-1, count: 256)
        bytes += 1200 + 8 * key.threads.count
        return states.count - 1
    }

    mutating func intern(_ frame: Frame) -> Int {
        if let known = frameIDs[frame] { return known }
        frames.append(frame)
        frameIDs[frame] = frames.count - 1
        bytes += 150
        return frames.count - 1
    }

    // MARK: What can be reached without reading

    private struct Closure {
        var threads: Set<UInt64> = []
        var seen: Set<UInt64> = []
        var mayEnd = false
    }

    /// Follows everything that reads no byte, from a node with a stack.
    ///
    /// - Returns: false where that leads to more places than are followed.
    private mutating func close(_ node: Int, _ frame: Int, _ closure: inout Closure) -> Bool {
        var open = [(node, frame)]
        while let (node, frame) = open.popLast() {
            let thread = UInt64(node) << 32 | UInt64(frame)
            switch program.nodes[node] {
            case .bytes:
                closure.threads.insert(thread)
                guard closure.threads.count <= Self.mostThreads else { return false }
                continue
            default:
                guard closure.seen.insert(thread).inserted else { continue }
                guard closure.seen.count <= Self.mostPassed else { return false }
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
        return true
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
}
