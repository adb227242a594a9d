import Core
import Foundation
import ScriptedModels
import Testing

@testable import Understanding

/// Vectors that are remembered, in memory and on disk.
@Suite(.timeLimit(.minutes(1)))
struct TextVectorsTests {
    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/squire-vectors-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }

    private let texts = (0..<200).map { "text number \($0)" }

    private func file(in folder: String) throws -> String {
        try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first.map { "\(folder)/\($0)" })
    }

    @Test func `what was computed before a cancellation is not computed again, by the next start neither`() async throws
    {
        try await withFolder { folder in
            let slow = CountingEmbedder(most: 100)
            let vectors = TextVectors(slow, folder: folder)
            await vectors.keep(texts)
            let work = Task { try await vectors.embed(texts) }
            while slow.total < 96 { try await Task.sleep(for: .milliseconds(5)) }
            work.cancel()
            _ = await work.result
            #expect(vectors.known(texts).count { $0 != nil } == 96)

            let next = CountingEmbedder()
            let again = TextVectors(next, folder: folder)
            await again.keep(texts)
            #expect(try await again.embed(texts).count == 200)
            #expect(next.total == 104)
        }
    }

    @Test func `a start computes nothing that was kept, and gives the same vectors`() async throws {
        try await withFolder { folder in
            let vectors = TextVectors(CountingEmbedder(), folder: folder)
            await vectors.keep(texts)
            let first = try await vectors.embed(texts)
            let next = CountingEmbedder()
            let again = TextVectors(next, folder: folder)
            await again.keep(texts)
            #expect(try await again.embed(texts) == first)
            #expect(next.total == 0)
        }
    }

    @Test func `what nobody vouches for is not written: words that stand in for a model leave no file`() async throws {
        try await withFolder { folder in
            let vectors = TextVectors(CountingEmbedder(name: nil), folder: folder)
            await vectors.keep(texts)
            _ = try await vectors.embed(texts)
            #expect(!FileManager.default.fileExists(atPath: folder))
        }
    }

    @Test func `vectors of another model, or of another width under its name, are not read`() async throws {
        try await withFolder { folder in
            let vectors = TextVectors(CountingEmbedder(), folder: folder)
            await vectors.keep(texts)
            _ = try await vectors.embed(texts)
            let other = CountingEmbedder(name: "another")
            let others = TextVectors(other, folder: folder)
            await others.keep(texts)
            _ = try await others.embed(texts)
            #expect(other.total == 200)

            // As a file that an older program poisoned: the right name, and the wrong width.
            let poisoned = VectorFile(folder: folder + "/poisoned", maker: "counting")
            poisoned.append(texts.map { ($0, [1, 0, 0]) })
            let counting = CountingEmbedder()
            let mended = TextVectors(counting, folder: folder + "/poisoned")
            await mended.keep(texts)
            let computed = try await mended.embed(["a text that is not in the file"])
            #expect(try await mended.embed(texts).allSatisfy { $0.count == computed[0].count })
            #expect(counting.total == 201)
            #expect(VectorFile(folder: folder + "/poisoned", maker: "counting").read(texts).count == 200)
        }
    }

    @Test func `vectors of two widths are not alike`() {
        #expect(AnchorIndex.cosine([1, 0], [1, 0, 0]) == 0)
        #expect(AnchorIndex.cosine([0.6, 0.8], [0.6, 0.8]) > 0.999)
    }

    @Test func `a record that a crash cut, or the disk damaged, is computed again, and the others are read`()
        async throws
    {
        try await withFolder { folder in
            let file = VectorFile(folder: folder, maker: "m")
            file.append([("one", [1, 0]), ("two", [0, 1]), ("three", [0.6, 0.8])])
            var bytes = try Data(contentsOf: URL(fileURLWithPath: file.path))
            bytes.removeLast(3)
            // The head has 17 bytes and a record 24: the last byte of the second one's numbers.
            bytes[17 + 2 * 24 - 1] ^= 0x40
            try bytes.write(to: URL(fileURLWithPath: file.path))
            #expect(file.read(["one", "two", "three"]) == ["one": [1, 0]])
            file.append([("four", [1, 0])])
            #expect(file.read(["one", "two", "three", "four"]) == ["one": [1, 0], "four": [1, 0]])
        }
    }

    @Test func `a file of nothing that we know is begun anew`() async throws {
        try await withFolder { folder in
            let file = VectorFile(folder: folder, maker: "m")
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for bytes in [Data(), Data("SQVECT1\n".utf8), Data(repeating: 0xff, count: 5000)] {
                try bytes.write(to: URL(fileURLWithPath: file.path))
                #expect(file.read(["one"]).isEmpty)
                file.append([("one", [1, 0])])
                #expect(file.read(["one"]) == ["one": [1, 0]])
            }
        }
    }
}
