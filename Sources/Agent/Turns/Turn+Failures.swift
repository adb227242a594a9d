import Core
import Understanding

extension Turn {
    /// The calls that failed and that no later call made good.
    ///
    /// - Parameter said: what the user said.
    func unresolved(said: String) -> [Step] {
        let failed = steps.filter { $0.status != .ok }
        guard !failed.isEmpty else { return [] }
        let said = SaidText(said, in: language)
        return failed.filter { failure in
            !steps.contains { step in step.status == .ok && mends(step, failure, said) }
        }
    }

    /// Whether a call that succeeded got what a failed one was to get: by the same call, by a corrected one, or by one that
    /// the model made once it knew of the failure, unless the user asked for both.
    private func mends(_ step: Step, _ failure: Step, _ said: SaidText) -> Bool {
        guard step.isSameOperation(as: failure), failure.status == .error else { return false }
        if step.arguments == failure.arguments { return true }
        if let correction = SpellingCorrection(of: failure, in: language), correction.arguments == step.arguments {
            return true
        }
        guard let before = round(of: failure), let after = round(of: step), after > before else { return false }
        return !areBothSaid(step.arguments, failure.arguments, said)
    }

    private func round(of step: Step) -> Int? {
        rounds.firstIndex { $0.calls.contains { !$0.isRepeated && $0.step == step } }
    }

    /// Whether the values in which two calls differ are the user's own words: "in Berln and in Oslo".
    private func areBothSaid(_ a: JSONValue, _ b: JSONValue, _ said: SaidText) -> Bool {
        guard case .object(let first) = a, case .object(let second) = b else { return false }
        let names = Set(first.keys + second.keys).filter { first[$0] != second[$0] }
        return names.allSatisfy { name in
            [first[name], second[name]].allSatisfy { value in
                guard let value else { return false }
                let schema: JSONValue = ["properties": .object([name: [:]])]
                return said.unsaid(in: .object([name: value]), schema: schema) == nil
            }
        }
    }
}
