import SquireProtocol

/// What was decided or generated on the way to an answer, for people.
enum TraceText {
    private static let shownCandidates = 8

    static func lines(_ entry: AssistantAsk.TraceEntry) -> String {
        let seconds = entry.seconds.map { " (\(Format.seconds($0)))" } ?? ""
        var lines = ["── \(entry.stage)\(seconds)"]
        lines += indented(entry.prompt)
        let candidates = (entry.candidates ?? []).sorted { $0.score > $1.score }
        for candidate in candidates.prefix(shownCandidates) {
            let score = (candidate.score * 1000).rounded() / 1000
            lines.append("   \(score)  \(PlainText.line(candidate.text))")
        }
        if candidates.count > shownCandidates {
            lines.append("   … and \(candidates.count - shownCandidates) more")
        }
        if let output = entry.output { lines += indented(output).map { "→" + $0.dropFirst() } }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func indented(_ text: String) -> [String] {
        PlainText.block(text).split(separator: "\n", omittingEmptySubsequences: false).map { "   " + $0 }
    }
}
