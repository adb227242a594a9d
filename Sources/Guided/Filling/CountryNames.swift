import Core
import Understanding

/// Fills slots that ask for a country by its code, whichever way it was said.
struct CountryNames {
    let reading: QuestionReading

    func candidates(for slot: Slot) -> [Candidate] {
        // "in" and "no" are no countries; "IN" and "NO" are.
        reading.text.named(ofAtMost: RegionTable.mostWords, reading.language.regions.code).map {
            Candidate(value: .string($0.value), range: $0.range, score: 2.4)
        }
    }
}
