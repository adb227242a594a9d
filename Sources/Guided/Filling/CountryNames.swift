import Core
import Understanding

/// Fills slots that ask for a country by its code, whichever way it was said.
struct CountryNames {
    let reading: QuestionReading

    func candidates(for slot: Slot) -> [Candidate] {
        let words = reading.text.words
        var found: [Candidate] = []
        for index in words.indices {
            for count in stride(from: min(RegionTable.mostWords, words.count - index), through: 1, by: -1) {
                let range = words[index].range.lowerBound..<words[index + count - 1].range.upperBound
                guard let code = reading.language.regions.code(reading.text.text(range)),
                    !found.contains(where: { $0.range?.overlaps(range) == true })
                else { continue }
                // "in" and "no" are no countries; "IN" and "NO" are.
                found.append(Candidate(value: .string(code), range: range, score: 2.4))
                break
            }
        }
        return found
    }
}
