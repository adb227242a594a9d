import Core
import Languages
import Understanding

/// A call that succeeded, with its result taken apart once for all that is made of it.
struct ReadResult: Sendable {
    let step: Step
    let records: [ResultText.Record]
    /// Whether the result goes on behind what was read.
    let isCut: Bool
    /// The sentence in which the plugin itself says its answer.
    let summary: String?
    /// The member that it is.
    private let summaryMember: String?

    private let language: QuestionLanguage

    init(_ step: Step, in language: QuestionLanguage = .english) {
        self.step = step
        self.language = language
        let read = ResultRecords(step.result ?? .null, in: language)
        records = read.records
        isCut = read.isCut
        let said = step.result.flatMap { ResultText.summary($0, members: language.words.documents.summaries) }
        (summary, summaryMember) = (said?.text, said?.member)
    }

    var name: String { ResultText.name(of: step) }

    /// Whether the call gave nothing.
    var isEmpty: Bool { records.allSatisfy { $0.text.utf8.allSatisfy { $0 <= 0x20 } } }

    /// Whether there is a list in it, and nothing in the list: that says something.
    private var hasEmptyList: Bool {
        switch step.result {
        case .array(let items)?: items.isEmpty
        case .object(let members)?: members.contains { $0.value == [] }
        default: false
        }
    }

    var text: String { records.map { $0.text + "\n" }.joined() }

    /// Lines that are quoted at most, and bytes of each.
    private static let (quoted, longest) = (12, 400)

    /// What the plugin said, in its own words: its sentence, or what was asked for of its values; of a long text what says
    /// most of the question.
    ///
    /// - Parameter described: what the operation's document says of its results.
    func plain(question: String, described: [Tool.ResultProperty] = []) -> String {
        let teller = ResultTeller(question: question, step: step, described: described, language: language)
        if let summary {
            // Another property may be asked for than the one that is a sentence.
            guard let beside = teller.told(beside: summary, member: summaryMember) else { return summary }
            return isAnswer ? "\(Self.ended(summary)) \(beside)" : beside
        }
        if !isCut, !isEmpty || hasEmptyList, let told = teller.told() { return told }
        let phrases = language.words.answers.results
        let focus = RecordRanking(records, question: question, in: language).focus
        // Of what is longer than is read, how much there is can be told, where no word says what to look for.
        if isCut, focus.isEmpty, let told = teller.told() { return told }
        // As many records as hold the lines that are quoted.
        let chosen = focus.isEmpty ? Array(records.prefix(Self.quoted)) : focus.map { records[$0] }
        let lines = chosen.flatMap {
            $0.text.split(separator: "\n").prefix(Self.quoted).map { $0.hasPrefix("- ") ? $0.dropFirst(2) : $0 }
        }
        // How many more lines there are where none says most of the question: of records beyond those, one each.
        let more = max(lines.count - Self.quoted, focus.isEmpty ? records.count - chosen.count : 0)
        let facts =
            lines.prefix(Self.quoted).map { line in
                line.utf8.count <= Self.longest
                    ? String(line) : ResultRecords.beginning(of: String(line), Self.longest) + "…"
            }.joined(separator: "; ") + (more > 0 ? phrases.more(["count": DigitGroups.text(more)]) : "")
        return (facts.isEmpty ? phrases.empty : phrases.says)(["name": name, "facts": facts]) + cutNote
    }

    /// Whether the sentence is there to be the answer, and is not a text that the result is about.
    private var isAnswer: Bool {
        summaryMember.map { language.words.documents.answers.contains($0) } ?? true
    }

    private static func ended(_ sentence: String) -> String {
        sentence.last.map { ".!?…".contains($0) } == true ? sentence : sentence + "."
    }

    /// What to say where not all of a result was read; empty where it was.
    var cutNote: String {
        isCut ? language.words.answers.results.cut(["size": "\(ResultRecords.mostBytes >> 10)"]) : ""
    }

    private static let mostCited = 6

    /// The lines that hold a text's figures, or the first where none does; all of them where they are few.
    func quote(saying text: String) -> String {
        if let summary { return summary }
        var lines: [Substring] = []
        for record in records {
            lines += record.text.split(separator: "\n")
            if lines.count > Self.mostCited { break }
        }
        guard lines.count > Self.mostCited else { return Self.cited(lines) }
        let figures = Set(Figures.all(in: text))
        guard !figures.isEmpty else { return Self.cited(lines) }
        var telling: [Substring] = []
        for record in records where telling.count < Self.mostCited {
            telling += record.text.split(separator: "\n").filter { line in
                !figures.isDisjoint(with: Figures.all(in: String(line)))
            }
        }
        return Self.cited(telling.isEmpty ? lines : telling)
    }

    private static func cited(_ lines: [Substring]) -> String {
        lines.prefix(mostCited).map { ResultRecords.beginning(of: String($0), 2000) }.joined(separator: "\n")
    }
}
