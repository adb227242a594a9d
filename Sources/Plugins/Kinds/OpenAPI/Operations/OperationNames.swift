/// The names of a document's operations, which are made unique by numbers.
struct OperationNames: Sendable {
    private var used: Set<String> = []
    /// The number to try next, by the name it is for.
    private var next: [String: Int] = [:]

    /// The name, or one of its kind that no other operation has.
    mutating func unique(_ name: String) -> String {
        guard !used.insert(name).inserted else { return name }
        var number = next[name] ?? 2
        while true {
            let suffix = "_\(number)"
            number += 1
            // Shortened, so that the number fits into the 64 characters.
            let numbered = name.prefix(min(60, 64 - suffix.count)) + suffix
            guard used.insert(String(numbered)).inserted else { continue }
            next[name] = number
            return String(numbered)
        }
    }
}
