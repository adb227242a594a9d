import Core
import Foundation
import Testing

@testable import Retrieval

/// Likes the texts that have the word best.
private struct Liking: Reranker {
    var word: String
    var fails = false

    func scores(of texts: [String], for query: String) async throws -> [Float] {
        if fails { throw CocoaError(.coderInvalidValue) }
        return texts.map { $0.contains(word) ? 2 : -2 }
    }
}

struct RerankingTests {
    private func titles(_ reranker: any Reranker, _ method: SearchMethod = .hybrid) async throws -> [String] {
        var titles: [String] = []
        try await LibraryFixture.with { fixture in
            try fixture.write("whales whales whales", to: "first.txt")
            try fixture.write("whales, and plankton that they eat", to: "second.txt")
            try await fixture.add()
            let library = LibraryFixture.library(fixture.database, reranker: reranker)
            let found = try await library.passages(for: PassageQuery("whales", method: method))
            #expect(found.allSatisfy { (0...1).contains($0.score) })
            titles = found.map(\.title)
        }
        return titles
    }

    @Test func `a re-ranker orders the best of what is found, and one that fails changes nothing`() async throws {
        #expect(try await titles(Liking(word: "plankton")) == ["second", "first"])
        #expect(try await titles(Liking(word: "nothing")) == ["first", "second"])
        #expect(try await titles(Liking(word: "plankton", fails: true)) == ["first", "second"])
    }

    @Test func `a search by words alone is not re-ranked`() async throws {
        #expect(try await titles(Liking(word: "plankton"), .words) == ["first", "second"])
    }
}
