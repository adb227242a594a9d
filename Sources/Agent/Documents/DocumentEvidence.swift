package import Core
import Understanding

/// What speaks for each part of the passages that a question finds: what the judgement of passages is fitted on.
package struct DocumentEvidence: Sendable {
    private let finder: PassageFinder
    private let judge: PassageJudge

    package init(source: any PassageSource, embedder: any Embedder) {
        finder = PassageFinder(source: source, embedder: embedder)
        judge = PassageJudge(embedder: embedder, language: .english)
    }

    package static var names: [String] { PassageEvidence.Name.allCases.map(\.rawValue) }

    package struct Unit: Sendable {
        package var text: String
        package var file: String
        /// In the order of `names`.
        package var values: [Double]
    }

    package func evidence(for question: String) async throws -> [Unit] {
        let passages = try await finder.candidates(question, previous: nil, in: .auto)
        return try await judge.weighed(
            PassageQuestion(question, in: .english), passages, reading: PassageFinder.mostRead
        ).map {
            let passage = passages[$0.unit.passage]
            return Unit(text: $0.unit.text, file: passage.source ?? passage.title, values: $0.evidence.values)
        }
    }
}
