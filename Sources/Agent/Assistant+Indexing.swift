import Core

extension Assistant {
    /// Takes note of the enabled plugins' operations where these have changed, so that `index` computes what questions are
    /// compared with. Costs nothing where they have not.
    package func prepare() async throws {
        let mark = try await tools.changeMark()
        guard !index.isCurrent(mark) else { return }
        let tools = try await tools.tools(.auto)
        guided.keep(tools)
        index.replace(NamedTool.all(of: tools).map(\.renamed), mark: mark)
    }

    /// Computes what questions are compared with as operations come and change, giving way to questions, until it is
    /// cancelled.
    package func indexOperations() async {
        await index.run()
    }

    /// How many of the enabled plugins' operations are indexed.
    package var indexProgress: IndexProgress { index.progress }

    /// Tells that a question is compared with a part of the operations, the others being found by their words alone.
    func tellProgress(_ offered: [Tool], emit: @Sendable (Event) -> Void) {
        let progress = index.progress
        guard !offered.isEmpty, progress.left > ToolShortlist.mostUnread else { return }
        Trace.current?.add(
            TraceEntry(
                stage: "indexing", prompt: "operations are being indexed",
                output: "\(progress.done) of \(progress.total)"))
        emit(.indexing(progress))
    }
}
