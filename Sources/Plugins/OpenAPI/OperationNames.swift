/// The names of a document's operations, which are made unique by numbers.
struct OperationNames: Sendable {
    private var used: Set<String> = []
    /// The number to try next, by what stands before it.
    private var next: [Substring: Int] = [:]

    /// The name, or one of its kind that no other operation has.
    mutating func unique(_ name: String) -> String {
        guard !used.insert(name).inserted else { return name }
        // Shortened, so that the number fits into the 64 characters.
        let stem = name.prefix(58)
        var number = next[stem] ?? 2
        while !used.insert("\(stem)_\(number)").inserted { number += 1 }
        next[stem] = number + 1
        return "\(stem)_\(number)"
    }
}
