import Store
import Testing

@testable import Retrieval

@Suite("How many contents a word is in")
struct WordFrequenciesTests {
    @Test func `is counted, remembered of a common word, and counted anew when there are more contents`() async throws {
        try await LibraryFixture.with { fixture in
            for number in 1...60 { try fixture.write("an apple number\(number)", to: "\(number).txt") }
            try await fixture.add()
            let frequencies = WordFrequencies()
            func counts(of contents: Int) async throws -> [String: Int] {
                try await fixture.database.readWords {
                    try frequencies.counts(of: ["appl", "pear"], ["en"], contents, in: $0)
                }
            }
            #expect(try await counts(of: 60) == ["appl": 60])
            for number in 61...70 { try fixture.write("an apple number\(number)", to: "\(number).txt") }
            try await fixture.add()
            #expect(try await counts(of: 61) == ["appl": 60])
            #expect(try await counts(of: 70) == ["appl": 70])
        }
    }

    @Test func `is all of them for the commonest words of the documents' languages, without counting`() async throws {
        try await LibraryFixture.with { fixture in
            let frequencies = WordFrequencies()
            let counts = try await fixture.database.readWords {
                try frequencies.counts(of: ["the", "pear"], ["en"], 12, in: $0)
            }
            #expect(counts == ["the": 12])
        }
    }
}
