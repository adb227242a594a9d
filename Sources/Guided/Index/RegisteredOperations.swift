package import Core
import FoundationEssentials
import Languages
package import Logging
package import Understanding

/// The operations of the user's plugins, as questions are compared with them: read, embedded in the background, and the
/// few of them found that a question may be meant for.
package struct RegisteredOperations: ToolFinder {
    let readings: ToolReadings
    let shortlist: ToolShortlist
    private let index: OperationIndex
    private let language: QuestionLanguage

    /// - Parameter language: of the questions and of the operations' descriptions.
    package init(vectors: TextVectors, language: QuestionLanguage = .english, logger: Logger) {
        let readings = ToolReadings(in: language)
        self.readings = readings
        self.language = language
        shortlist = ToolShortlist(vectors: vectors, readings: readings)
        index = OperationIndex(
            vectors: vectors, always: language.conversation.anchors.flatMap(\.texts), logger: logger
        ) { readings.outlines.value(of: $0).texts }
    }

    package func isCurrent(_ mark: Int?) -> Bool { index.isCurrent(mark) }

    package func replace(_ tools: [Tool], mark: Int?) {
        let tools = NamedTool.all(of: tools).map(\.renamed)
        readings.outlines.keep(tools)
        index.replace(tools, mark: mark)
    }

    package var progress: IndexProgress {
        var progress = index.progress
        progress.isPartial = progress.left > ToolShortlist.mostUnread
        return progress
    }

    package func run() async { await index.run() }

    package func best(of tools: [Tool], for question: String) async throws -> [Tool] {
        let asked = QuestionParts.asked(in: question) ?? ""
        return try await shortlist.best(
            of: tools, for: QuestionReading(asked, today: DateMentions.text(.now, in: Asker.zone), in: language))
    }
}
