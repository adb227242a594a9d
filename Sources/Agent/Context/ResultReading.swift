import Core
import Languages
import Understanding

/// A result that is too large for its share, read a part at a time: first where it speaks of what is asked.
struct ResultReading: Sendable {
    /// What is given to the model at once.
    struct Part: Sendable, Hashable {
        var text: String
        var tokens: Int
        /// Which records, counted from 1: `1801`, `1 to 40`.
        var place: String
        /// Whether they are the first ones, and how many.
        var first: Int?

        /// `the first 129 of 60,002 records`
        func told(of count: Int, _ phrases: Answers.LeftOut) -> String {
            let count = DigitGroups.text(count)
            guard let first else { return phrases.someRecords(["place": place, "count": count]) }
            return phrases.firstRecords(["first": DigitGroups.text(first), "count": count])
        }
    }

    let records: [ResultText.Record]
    private let ranking: RecordRanking
    private let phrases: Answers.LeftOut
    /// Ranges of records that fit the share.
    private let windows: [Range<Int>]

    /// Parts of a result that are read for one answer.
    static let mostParts = 3

    /// - Parameters:
    ///   - share: tokens of a part.
    ///   - tokens: those of the whole.
    init(
        _ records: [ResultText.Record], question: String, share: Int, tokens: Int,
        in language: QuestionLanguage = .english
    ) {
        self.records = records
        phrases = language.words.answers.leftOut
        ranking = RecordRanking(records, question: question, in: language)
        let bytes = records.reduce(0) { $0 + $1.text.utf8.count + 1 }
        // Somewhat less than fits on the average; what does not fit is cut.
        let most = max(1, share * bytes * 9 / max(1, tokens * 10))
        var windows: [Range<Int>] = []
        var (start, size) = (0, 0)
        for (index, record) in records.enumerated() {
            if index > start, size + record.text.utf8.count + 1 > most {
                windows.append(start..<index)
                (start, size) = (index, 0)
            }
            size += record.text.utf8.count + 1
        }
        if start < records.count { windows.append(start..<records.count) }
        self.windows = windows
    }

    /// Whether the question's words tell one part from another; else what is near in meaning may.
    var isTold: Bool { !ranking.focus.isEmpty }

    /// The beginnings of the parts, one a window, to be compared with the question.
    func beginnings(characters: Int) -> [String] {
        windows.map { window in
            String(records[window].prefix(20).map(\.text).joined(separator: "\n").prefix(characters))
        }
    }

    /// The records to read, one part after the other: those that say most of the question, and no others; where no word
    /// tells, the windows, the beginning always among them.
    ///
    /// - Parameter nearness: of each window to the question, where it was asked for.
    func order(nearness: [Double]? = nil) -> [[Int]] {
        if isTold { return [ranking.focus] }
        var order = Array(windows.indices)
        if let nearness { order.sort { (-nearness[$0], $0) < (-nearness[$1], $1) } }
        if let place = order.firstIndex(of: 0), place >= Self.mostParts {
            order.remove(at: place)
            order.insert(0, at: Self.mostParts - 1)
        }
        return order.prefix(Self.mostParts).map { Array(windows[$0]) }
    }

    /// The text of some records, as far as it fits, with `…` where others are left out. A sentence in its place, which
    /// said how many there are, led the default model away from the figure.
    func part(_ indices: [Int], within share: Int, counts: TokenCounts) async throws -> Part {
        let gap = "…\n"
        let room = share - (try await counts.count(gap))
        var next = 0
        let texts = indices.map { index in
            defer { next = index + 1 }
            return (index > next ? gap : "") + records[index].text
        }
        let fit = try await counts.fitting(texts, within: room)
        var lines = Array(texts.prefix(fit.count))
        if lines.isEmpty, let first = texts.first {
            lines = [try await counts.beginning(of: first, within: room)]
        }
        let read = indices.prefix(max(1, fit.count))
        let end = read.last == records.count - 1 && fit.count > 0 ? "" : gap
        let text = lines.map { $0 + "\n" }.joined() + end
        let isBeginning = read.first == 0 && read.last == read.count - 1
        return Part(
            text: text, tokens: try await counts.count(text), place: place(read),
            first: isBeginning ? read.count : nil)
    }

    private func place(_ indices: some Collection<Int>) -> String {
        guard let first = indices.min(), let last = indices.max() else { return phrases.noRecords }
        if first == last { return "\(first + 1)" }
        if last - first + 1 == indices.count {
            return phrases.recordRange(["first": "\(first + 1)", "last": "\(last + 1)"])
        }
        return indices.map { "\($0 + 1)" }.joined(separator: ", ")
    }
}
