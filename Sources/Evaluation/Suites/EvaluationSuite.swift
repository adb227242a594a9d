package import SquireClient

/// Cases of one kind, and how a daemon does on each.
package protocol EvaluationSuite: Sendable {
    /// The file's name, without its ending.
    var name: String { get }
    /// In the order in which they are shown.
    var measures: [Measure] { get }
    var caseCount: Int { get }

    /// The same with its first cases only.
    func limited(to count: Int) -> Self

    /// Gives the daemon what the cases need of it.
    func prepare(_ client: SquireClient) async throws

    /// - Parameter index: of a case.
    /// - Throws: what the daemon answered, which counts as a case that failed; `EvaluationError`.
    func run(_ index: Int, _ client: SquireClient) async throws -> CaseOutcome

    /// What a case asks, what is wanted, and the measures it counts for where the daemon answers with an error.
    func question(_ index: Int) -> CaseQuestion
}

/// Something that is measured over cases.
package struct Measure: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, Codable {
        /// The share of cases with 1 rather than 0.
        case rate
        case mean
    }

    package var name: String
    package var kind: Kind

    init(_ name: String, _ kind: Kind = .rate) {
        self.name = name
        self.kind = kind
    }
}

package struct CaseQuestion: Sendable, Hashable {
    package var id: String
    package var text: String
    /// As people read it.
    package var wanted: String
    package var measures: [Measure]
}

package struct CaseOutcome: Sendable, Hashable {
    /// A measure that a case has nothing to say of is missing.
    package var scores: [Measure: Double]
    /// What was answered, as people read it.
    package var came: String
    /// Of the answer alone.
    package var seconds: Double
    package var isRight: Bool
}
