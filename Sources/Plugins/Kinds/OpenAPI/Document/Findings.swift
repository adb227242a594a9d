/// What was found wrong with a document, each thing once. Beyond a number of them they are only counted: a document can
/// be wrong in a hundred thousand places.
struct Findings: Sendable {
    private(set) var texts: [String] = []
    private var seen: Set<String> = []
    /// How many more there were.
    private(set) var unlisted = 0

    private let most: Int

    init(most: Int) {
        self.most = most
    }

    var isEmpty: Bool { texts.isEmpty }

    mutating func append(_ text: @autoclosure () -> String) {
        guard texts.count < most else {
            unlisted += 1
            return
        }
        let text = text()
        if seen.insert(text).inserted { texts.append(text) }
    }

    static func += (left: inout Findings, right: some Sequence<String>) {
        for text in right { left.append(text) }
    }

    static func += (left: inout Findings, right: Findings) {
        left += right.texts
        left.unlisted += right.unlisted
    }

    /// The texts, and a line that says how many are not among them.
    func listed(_ count: Int) -> [String] {
        let more = texts.count - min(count, texts.count) + unlisted
        return Array(texts.prefix(count)) + (more > 0 ? ["… and \(more) more"] : [])
    }
}
