extension ByteMachine {
    /// Takes over a state of another machine of the same program.
    ///
    /// - Parameter known: frames that were taken over before, to go on with.
    /// - Returns: the state's number here.
    mutating func take(_ state: Int, from other: ByteMachine, _ known: inout [Int: Int]) -> Int {
        if state == Self.exhausted { return state }
        let key = other.states[state]
        var threads: Set<UInt64> = []
        for thread in key.threads {
            let frame = take(frame: Int(thread & 0xffff_ffff), from: other, &known)
            threads.insert(thread & 0xffff_ffff_0000_0000 | UInt64(frame))
        }
        return intern(threads, mayEnd: key.mayEnd)
    }

    private mutating func take(frame: Int, from other: ByteMachine, _ known: inout [Int: Int]) -> Int {
        var path: [Int] = []
        var current = frame
        while current != 0, known[current] == nil {
            path.append(current)
            switch other.frames[current] {
            case .bottom: current = 0
            case .call(_, let below), .loop(_, _, let below): current = below
            }
        }
        var result = current == 0 ? 0 : known[current] ?? 0
        for frame in path.reversed() {
            switch other.frames[frame] {
            case .bottom: result = 0
            case .call(let next, _): result = intern(.call(next: next, below: result))
            case .loop(let index, let done, _): result = intern(.loop(index, done: done, below: result))
            }
            known[frame] = result
        }
        return result
    }
}
