import Core
import Foundation
import Languages

/// Writes a city as a description asks for it: "Chicago, IL" where "Chicago" was said and the state is to be named.
struct PlaceForm {
    let model: any TokenModel
    let places: Prompts.Places

    /// Below this the model is guessing.
    private static let sure = 0.35

    /// Whether a description shows a city with its state's letters.
    static func asksForState(_ slot: Slot) -> Bool {
        slot.kind == .text && example.isFound(in: slot.notes.description)
    }

    private static let example = TextPattern(#"[A-Z][a-z]+(?: [A-Z][a-z]+)*, [A-Z]{2}\b"#)

    /// The city with its state; the city as it is where the model knows none.
    func withState(_ city: String, usage: inout Usage) async throws -> String {
        guard !city.contains(","), city.first?.isUppercase == true else { return city }
        let lines = places.examples + ["\(city) → \(city),"]
        let (scores, more) = try await model.logProbabilities(
            of: places.states.map { " \($0)" }, after: Prompt([.text(lines.joined(separator: "\n"))]))
        usage += more
        guard let best = scores.indices.max(by: { scores[$0].logProbability < scores[$1].logProbability }) else {
            return city
        }
        return exp(scores[best].logProbability) >= Self.sure ? "\(city), \(places.states[best])" : city
    }
}
