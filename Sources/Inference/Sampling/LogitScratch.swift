import Grammar

/// A copy of logits that may be changed, and the positions that a mask leaves. `@safe`: owns its memory, which is freed
/// in `deinit`; rows made of it are used before the next copy is made.
@safe struct LogitScratch: ~Copyable {
    private(set) var values = unsafe UnsafeMutableBufferPointer<Float>(start: nil, count: 0)
    private var tokens = unsafe UnsafeMutableBufferPointer<Token>(start: nil, count: 0)

    deinit {
        unsafe values.deallocate()
        unsafe tokens.deallocate()
    }

    /// Makes room once: a vocabulary does not grow.
    private mutating func reserve(_ count: Int) {
        guard unsafe values.count != count else { return }
        unsafe values.deallocate()
        unsafe tokens.deallocate()
        unsafe values = .allocate(capacity: count)
        unsafe tokens = .allocate(capacity: count)
        unsafe tokens.initialize(repeating: 0)
    }

    mutating func copy(_ logits: UnsafeBufferPointer<Float>) {
        reserve(logits.count)
        _ = unsafe values.initialize(from: logits)
    }

    /// Everything that was copied.
    func row() -> LogitRow? {
        guard let base = unsafe values.baseAddress else { return nil }
        return unsafe LogitRow(base, count: values.count)
    }

    /// What a mask allows of the copy.
    mutating func row(_ mask: TokenMask) -> LogitRow? {
        let count = unsafe values.count
        // A mask of few is a short row; of many, a full one with gaps is cheaper.
        guard mask.count > count / 8 else { return unsafe row(mask, of: UnsafeBufferPointer(values)) }
        for (index, word) in mask.words.enumerated() {
            var forbidden = ~word
            while forbidden != 0 {
                let token = index * 64 + forbidden.trailingZeroBitCount
                if token < count { unsafe values[token] = -.infinity }
                forbidden &= forbidden - 1
            }
        }
        let described = mask.words.count * 64
        if described < count { unsafe values[described...].update(repeating: -.infinity) }
        return row()
    }

    /// What a mask of few tokens allows of logits.
    ///
    /// - Parameter logits: may be the copy itself, since nothing moves up.
    mutating func row(_ mask: TokenMask, of logits: UnsafeBufferPointer<Float>) -> LogitRow? {
        reserve(logits.count)
        var kept = 0
        for (index, word) in mask.words.enumerated() where word != 0 {
            var allowed = word
            while allowed != 0 {
                let token = index * 64 + allowed.trailingZeroBitCount
                if token < logits.count {
                    unsafe values[kept] = logits[token]
                    unsafe tokens[kept] = Token(token)
                    kept += 1
                }
                allowed &= allowed - 1
            }
        }
        guard let base = unsafe values.baseAddress, let tokens = unsafe tokens.baseAddress else { return nil }
        return unsafe LogitRow(base, tokens: tokens, count: kept)
    }
}
