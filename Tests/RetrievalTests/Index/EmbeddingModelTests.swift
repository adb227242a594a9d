import Core
import Foundation
import Store
import Synchronization
import Testing

@testable import Retrieval

/// Vectors of the words that texts share, made only while the gate is open.
private final class GatedWords: Embedder {
    private let gate = Mutex(false)
    /// A text with this word cannot be embedded.
    private let refused: String?

    init(refused: String? = nil, isOpen: Bool = true) {
        self.refused = refused
        gate.withLock { $0 = isOpen }
    }

    func open() { gate.withLock { $0 = true } }

    func embed(_ texts: [String]) async throws -> [[Float]] {
        if let refused, texts.contains(where: { $0.contains(refused) }) { throw CocoaError(.coderInvalidValue) }
        return try await HashedWords().embed(texts)
    }

    func embedWhenIdle(_ texts: [String]) async throws -> [[Float]] {
        while !gate.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(5)) }
        return try await embed(texts)
    }

    func tokenCounts(of texts: [String]) async throws -> [Int] { try await HashedWords().tokenCounts(of: texts) }
}

@Suite(.timeLimit(.minutes(1)))
struct EmbeddingModelTests {
    private func vectors(_ database: Database) async throws -> [String: Int] {
        Dictionary(uniqueKeysWithValues: try await database.embeddingModels().map { ($0.model.name, $0.vectors) })
    }

    private func wait(_ condition: () async throws -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(20)
        while try await !condition() {
            guard .now < end else {
                Issue.record("nothing came")
                return
            }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    @Test func `while another embedding model makes its vectors the old one serves, and goes when they are made`()
        async throws
    {
        try await LibraryFixture.with { fixture in
            for index in 0..<5 { try fixture.write("document \(index)", to: "\(index).txt") }
            try await fixture.add()
            try await fixture.embed()
            #expect(try await vectors(fixture.database) == ["words 1": 5])

            let new = GatedWords(isOpen: false)
            let stopped = Mutex(false)
            let library = LibraryFixture.library(fixture.database, model: "words 2", embedder: new) { model in
                guard model == EmbeddingModelFile(name: "words 1", path: "/models/words 1") else { return nil }
                return EarlierEmbedder(embedder: HashedWords()) { stopped.withLock { $0 = true } }
            }
            let running = Task { await library.run() }
            func search() async throws -> Int {
                try await library.passages(for: PassageQuery("document", method: .meaning)).count
            }
            try await wait { try await search() == 5 }
            #expect(!stopped.withLock { $0 })
            new.open()
            try await wait { try await vectors(fixture.database) == ["words 2": 5] }
            #expect(stopped.withLock { $0 })
            #expect(try await search() == 5)
            running.cancel()
            await running.value
        }
    }

    @Test func `a model that made vectors and is no longer there is done without`() async throws {
        try await LibraryFixture.with { fixture in
            try fixture.write("a document", to: "a.txt")
            try await fixture.add()
            try await fixture.embed()
            let library = LibraryFixture.library(
                fixture.database, model: "words 2", embedder: GatedWords(isOpen: false))
            let running = Task { await library.run() }
            try await Task.sleep(for: .milliseconds(50))
            let found = try await library.passages(for: PassageQuery("document"))
            #expect(found.count == 1 && found[0].similarity == nil)
            running.cancel()
            await running.value
        }
    }

    @Test func `a text that cannot be embedded is found by its words, and keeps no other waiting`() async throws {
        try await LibraryFixture.with { fixture in
            for index in 0..<5 { try fixture.write("document \(index)", to: "\(index).txt") }
            try fixture.write("a poisonous document", to: "p.txt")
            try await fixture.add()
            let library = LibraryFixture.library(fixture.database, embedder: GatedWords(refused: "poisonous"))
            let running = Task { await library.run() }
            try await wait { try await vectors(fixture.database) == ["words 1": 5] }
            try fixture.write("one more document", to: "q.txt")
            _ = try await library.add([fixture.files], collection: "c", watch: false) { _ in }
            try await wait { try await vectors(fixture.database) == ["words 1": 6] }
            #expect(try await library.passages(for: PassageQuery("poisonous", method: .words)).count == 1)
            running.cancel()
            await running.value
        }
    }
}
