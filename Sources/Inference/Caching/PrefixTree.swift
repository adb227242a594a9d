/// Which tokens the KV cache holds, as a radix tree over tokens: each node is a run of tokens, and knows the sequences
/// that hold it. Sequences that begin alike share cells, so a token of a node costs one cell however many hold it.
///
/// Knows nothing of libllama: it says what to drop, the owner of the context drops it.
struct PrefixTree: ~Copyable {
    private final class Node {
        var tokens: ArraySlice<Token>
        /// The position of the first of `tokens`.
        let start: Int
        var holders = SequenceSet()
        var lastUse = 0
        var isPinned = false
        var children: [Token: Node] = [:]
        weak var parent: Node?

        var end: Int { start + tokens.count }

        init(_ tokens: ArraySlice<Token>, start: Int, parent: Node?) {
            self.tokens = tokens
            self.start = start
            self.parent = parent
        }
    }

    /// A sequence's tokens from `start` on are to be dropped from the context; from 0, the sequence is free.
    struct Drop: Hashable, Sendable {
        var sequence: Int
        var start: Int
    }

    private let root = Node([], start: 0, parent: nil)
    /// What each sequence holds; nil where the sequence is free.
    private var held: [[Token]?]
    /// Cells of a sequence whose tokens stand in the tree already: two computed the same at the same time.
    private var duplicates: [Int]
    private var clock = 0
    /// Cells in use.
    private(set) var cells = 0
    /// Cells of pinned nodes.
    private(set) var pinnedCells = 0

    init(sequences: Int) {
        held = Array(repeating: nil, count: sequences)
        duplicates = Array(repeating: 0, count: sequences)
    }

    // MARK: Sequences

    /// Takes a free sequence; nil where there is none.
    mutating func takeSequence() -> Int? {
        guard let free = held.firstIndex(where: { $0 == nil }) else { return nil }
        held[free] = []
        return free
    }

    func tokens(of sequence: Int) -> [Token] { held[sequence] ?? [] }

    // MARK: Reading

    /// The longest beginning of `tokens` that any sequence holds, and one that does.
    ///
    /// - Parameter wholeOnly: for a memory that cannot drop a part of a sequence: the whole of what the sequence holds
    ///   must be a beginning of `tokens`.
    func match(_ tokens: [Token], wholeOnly: Bool = false) -> (count: Int, sequence: Int?) {
        var node = root
        var count = 0
        var best: (count: Int, sequence: Int?) = (0, nil)
        while count < tokens.count, let child = node.children[tokens[count]] {
            let shared = sharedCount(child.tokens, tokens[count...])
            count += shared
            if wholeOnly {
                if shared == child.tokens.count,
                    let whole = child.holders.members.first(where: { held[$0]?.count == count })
                {
                    best = (count, whole)
                }
            } else {
                best = (count, child.holders.first)
            }
            if shared < child.tokens.count { break }
            node = child
        }
        return best
    }

    // MARK: Writing

    /// Takes note that `target`, an empty sequence, now holds the first `count` tokens of `source`.
    mutating func share(_ source: Int, with target: Int, count: Int) {
        let tokens = Array(self.tokens(of: source).prefix(count))
        held[target] = tokens
        splitPath(of: tokens, at: tokens.count)
        walk(tokens) { node in node.holders.insert(target) }
    }

    /// Takes note that a sequence holds these tokens: those it held, and more.
    mutating func extend(_ sequence: Int, to tokens: [Token]) {
        clock += 1
        held[sequence] = tokens
        var node = root
        var count = 0
        while count < tokens.count {
            if let child = node.children[tokens[count]] {
                let shared = sharedCount(child.tokens, tokens[count...])
                if shared < child.tokens.count { split(child, at: child.start + shared) }
                if !child.holders.contains(sequence) {
                    duplicates[sequence] += shared
                    cells += shared
                    child.holders.insert(sequence)
                }
                child.lastUse = clock
                count += shared
                node = child
            } else if node !== root, node.children.isEmpty, node.holders == SequenceSet(sequence), !node.isPinned {
                // Only this sequence goes on here: the run gets longer.
                node.tokens += tokens[count...]
                cells += tokens.count - count
                count = tokens.count
            } else {
                let leaf = Node(tokens[count...], start: count, parent: node)
                leaf.holders.insert(sequence)
                leaf.lastUse = clock
                node.children[tokens[count]] = leaf
                cells += leaf.tokens.count
                count = tokens.count
            }
        }
    }

    /// Takes note that a sequence holds nothing that others can share, and is still taken.
    mutating func clear(_ sequence: Int) {
        truncate(sequence, to: 0)
        held[sequence] = []
    }

    /// Takes note that a sequence holds only its first `count` tokens; with 0 it is free.
    mutating func truncate(_ sequence: Int, to count: Int) {
        let tokens = self.tokens(of: sequence)
        splitPath(of: tokens, at: count)
        walk(tokens) { node in
            if node.start >= count { node.holders.remove(sequence) }
        }
        removeUnheld(tokens)
        if count == 0 {
            cells -= duplicates[sequence]
            duplicates[sequence] = 0
            held[sequence] = nil
        } else {
            held[sequence] = Array(tokens.prefix(count))
            let kept = min(duplicates[sequence], count)
            cells -= duplicates[sequence] - kept
            duplicates[sequence] = kept
        }
    }

    /// Marks a beginning to be kept before all that is not pinned.
    ///
    /// - Parameter most: pinned cells at most; beyond them, what was used longest ago is no longer pinned.
    mutating func pin(_ tokens: some Collection<Token>, most: Int) {
        let tokens = Array(tokens)
        guard tokens.count <= most else { return }
        splitPath(of: tokens, at: tokens.count)
        clock += 1
        let now = clock
        var gained = 0
        walk(tokens) { node in
            node.lastUse = now
            guard !node.isPinned else { return }
            node.isPinned = true
            gained += node.tokens.count
        }
        pinnedCells += gained
        while pinnedCells > most, let oldest = oldestPinned(besides: clock) {
            oldest.isPinned = false
            pinnedCells -= oldest.tokens.count
        }
    }

    /// The pinned node used longest ago that no pinned node goes on from.
    private func oldestPinned(besides now: Int) -> Node? {
        var oldest: Node?
        visit(root) { node in
            guard node.isPinned, node.lastUse != now, !node.children.values.contains(where: \.isPinned) else { return }
            if oldest.map({ node.lastUse < $0.lastUse }) ?? true { oldest = node }
        }
        return oldest
    }

    /// Whether a sequence shares nothing from a position on.
    func isExclusive(_ sequence: Int, from start: Int) -> Bool {
        var isExclusive = true
        walk(tokens(of: sequence)) { node in
            if node.end > start, node.holders != SequenceSet(sequence) { isExclusive = false }
        }
        return isExclusive
    }

    /// Whether all that the sequence is good for, another is good for too.
    func isRedundant(_ sequence: Int, wholeOnly: Bool = false) -> Bool {
        let tokens = self.tokens(of: sequence)
        if wholeOnly { return held.indices.contains { $0 != sequence && held[$0] == tokens } || tokens.isEmpty }
        var last: Node?
        walk(tokens) { last = $0 }
        guard let last else { return true }
        return last.holders.count > 1
    }

    /// What to drop so that at least some cells, or a sequence, become free: the end of what was used longest ago, and
    /// what is pinned only when nothing else is left.
    ///
    /// - Parameters:
    ///   - need: cells wanted; of a long run only its end is given up.
    ///   - busy: sequences that must be kept whole.
    ///   - wholeOnly: a sequence can only be dropped whole.
    /// - Returns: empty where nothing can be dropped.
    func eviction(need: Int, busy: SequenceSet, wholeOnly: Bool = false) -> [Drop] {
        guard let best = oldestLeaf(besides: busy) else { return [] }
        let start = wholeOnly ? 0 : max(best.start, best.end - max(need, Self.leastEviction))
        // What stays of these sequences may be held by others as well; then they are free.
        let parentHeld = best.parent.map { $0 === root ? SequenceSet() : $0.holders } ?? SequenceSet()
        let others = SequenceSet(bits: parentHeld.bits & ~best.holders.bits)
        let members = best.holders.members
        return members.enumerated().map { offset, sequence in
            let isNeeded = offset == 0 && (start > best.start || others.isEmpty)
            return Drop(sequence: sequence, start: isNeeded ? start : 0)
        }
    }

    /// The end of what was used longest ago, what is pinned last, and a sequence that holds it to its end.
    func oldest(besides busy: SequenceSet) -> (sequence: Int, range: Range<Int>, isPinned: Bool)? {
        guard let leaf = oldestLeaf(besides: busy), let sequence = leaf.holders.first else { return nil }
        return (sequence, leaf.start..<leaf.end, leaf.isPinned)
    }

    /// Cells that none of these sequences holds.
    func cells(besides busy: SequenceSet) -> Int {
        var count = 0
        visit(root) { node in
            if node.holders.isDisjoint(with: busy) { count += node.tokens.count }
        }
        return count
    }

    private func oldestLeaf(besides busy: SequenceSet) -> Node? {
        var best: Node?
        visit(root) { node in
            guard node.children.isEmpty, node.holders.isDisjoint(with: busy), !node.holders.isEmpty else { return }
            guard let other = best else { return best = node }
            if (node.isPinned ? 1 : 0, node.lastUse) < (other.isPinned ? 1 : 0, other.lastUse) { best = node }
        }
        return best
    }

    /// Giving up less at a time would only mean giving up again at the next step.
    private static let leastEviction = 64

    // MARK: Nodes

    /// The nodes of a path, from its beginning, that begin before its end.
    private func walk(_ tokens: [Token], _ body: (Node) -> Void) {
        var node = root
        var count = 0
        while count < tokens.count, let child = node.children[tokens[count]] {
            body(child)
            count += child.tokens.count
            node = child
        }
    }

    private func visit(_ node: Node, _ body: (Node) -> Void) {
        for child in node.children.values {
            body(child)
            visit(child, body)
        }
    }

    private func splitPath(of tokens: [Token], at position: Int) {
        walk(tokens) { node in
            if node.start < position, node.end > position { split(node, at: position) }
        }
    }

    /// Makes two runs of one: the node keeps the first part, and its children move to the second.
    private func split(_ node: Node, at position: Int) {
        let offset = node.tokens.startIndex + (position - node.start)
        let rest = Node(node.tokens[offset...], start: position, parent: node)
        rest.holders = node.holders
        rest.lastUse = node.lastUse
        rest.isPinned = node.isPinned
        rest.children = node.children
        for child in rest.children.values { child.parent = rest }
        node.tokens = node.tokens[..<offset]
        node.children = [rest.tokens[rest.tokens.startIndex]: rest]
    }

    private mutating func removeUnheld(_ tokens: [Token]) {
        var path: [Node] = []
        walk(tokens) { path.append($0) }
        for node in path.reversed() where node.holders.isEmpty {
            cells -= node.tokens.count
            if node.isPinned { pinnedCells -= node.tokens.count }
            node.parent?.children[node.tokens[node.tokens.startIndex]] = nil
        }
    }
}
