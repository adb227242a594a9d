package import Core
import Languages
package import Understanding

extension Assistant {
    /// Takes note of the enabled plugins' operations where these have changed, so that what questions are compared with is
    /// computed. Costs nothing where they have not.
    package func prepare() async throws {
        let mark = try await tools.changeMark()
        guard !finder.isCurrent(mark) else { return }
        finder.replace(try await tools.tools(.auto), mark: mark)
    }

    /// Computes what questions are compared with as operations come and change, giving way to questions, until it is
    /// cancelled.
    package func indexOperations() async {
        await finder.run()
    }

    /// How many of the enabled plugins' operations are indexed.
    package var indexProgress: IndexProgress { finder.progress }

    /// Tells that a question is compared with a part of the operations, the others being found by their words alone.
    func tellProgress(_ offered: [Tool], emit: @Sendable (Event) -> Void) {
        let progress = finder.progress
        guard !offered.isEmpty, progress.isPartial else { return }
        Trace.current?.add(
            TraceEntry(
                stage: "indexing", prompt: "operations are being indexed",
                output: "\(progress.done) of \(progress.total)"))
        emit(.indexing(progress))
    }
}

extension IndexProgress {
    /// What it means for an answer, for whoever asked.
    package func sentence(in language: QuestionLanguage = .english) -> String {
        language.words.answers.indexing(["done": "\(done)", "total": "\(total)"])
    }
}
