extension ByteMachine {
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
        // From the top of the stack down to what is known, and back up: not by recursion, a stack may be deep.
        var path: [Int] = []
        var known = clampedFrames[frame]
        var current = frame
        while known == nil {
            path.append(current)
            switch frames[current] {
            case .bottom:
                known = 0
                path.removeLast()
            case .call(_, let below), .loop(_, _, let below):
                current = below
                known = clampedFrames[current]
            }
        }
        var result = known ?? 0
        for frame in path.reversed() {
            switch frames[frame] {
            case .bottom: result = 0
            case .call(let next, _): result = intern(.call(next: next, below: result))
            case .loop(let index, let done, _):
                result = intern(.loop(index, done: clamp(done, program.loops[index], length), below: result))
            }
            clampedFrames[frame] = result
            bytes += 50
        }
        return result
    }

    private func clamp(_ done: Int, _ loop: Program.Loop, _ length: Int) -> Int {
        if loop.least - done > length { return loop.least - length - 1 }
        if let most = loop.most, done >= loop.least, most - done > length { return max(loop.least, most - length - 1) }
        return done
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
            guard target > Self.exhausted else {
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
