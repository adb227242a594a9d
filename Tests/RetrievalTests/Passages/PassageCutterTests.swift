import Testing

@testable import Retrieval

struct PassageCutterTests {
    /// A word a token.
    private let cutter: PassageCutter = {
        var cutter = PassageCutter { texts in texts.map { $0.split(whereSeparator: \.isWhitespace).count } }
        cutter.limit = 10
        cutter.overlap = 3
        return cutter
    }()

    /// A document whose blocks are these texts, a line each.
    private func document(_ blocks: [(String, ReadDocument.Form, [String])]) -> ReadDocument {
        var text = ""
        var made: [ReadDocument.Block] = []
        for (index, (content, form, headings)) in blocks.enumerated() {
            let start = text.utf8.count
            text += content
            made.append(
                ReadDocument.Block(
                    range: start..<text.utf8.count, headings: headings, location: .lines(index + 1...index + 1),
                    form: form))
            text += "\n"
        }
        return ReadDocument(kind: .text, text: text, blocks: made)
    }

    private func texts(_ document: ReadDocument) async throws -> [String] {
        let bytes = Array(document.text.utf8)
        return try await cutter.passages(of: document).map { String(decoding: bytes[$0.range], as: UTF8.self) }
    }

    @Test func `short paragraphs stand together as far as they fit`() async throws {
        let found = try await texts(
            document([("a b c d", .paragraph, []), ("e f g h", .paragraph, []), ("i j k l", .paragraph, [])]))
        #expect(found == ["a b c d\ne f g h", "i j k l"])
    }

    @Test func `a heading stands over a passage and not in it, and sections are not put together`() async throws {
        let found = try await texts(
            document([
                ("a b", .paragraph, []), ("One", .heading, ["One"]), ("c d", .paragraph, ["One"]),
                ("Two", .heading, ["Two"]), ("e", .paragraph, ["Two"]),
            ]))
        #expect(found == ["a b", "c d", "e"])
        // Alone it is all there is, and where what follows does not stand under it, it is not lost.
        #expect(try await texts(document([("One", .heading, ["One"])])) == ["One"])
        #expect(try await texts(document([("One", .heading, []), ("a", .paragraph, [])])) == ["One\na"])
    }

    @Test func `records stand alone`() async throws {
        let found = try await texts(document([("a", .record, ["A"]), ("b", .record, ["B"]), ("c", .paragraph, [])]))
        #expect(found == ["a", "b", "c"])
    }

    @Test func `a long paragraph is cut between sentences, and each part begins with the end of the one before`()
        async throws
    {
        let text = "One two three four. Five six seven. Eight nine. Ten eleven twelve thirteen. Fourteen."
        let found = try await texts(document([(text, .paragraph, [])]))
        #expect(
            found == [
                "One two three four. Five six seven. Eight nine. ", "Eight nine. Ten eleven twelve thirteen. Fourteen.",
            ])
    }

    @Test func `a sentence that is too long is cut between words, and nothing of it is lost`() async throws {
        let words = (0..<50).map { "w\($0)" }
        let document = document([(words.joined(separator: " "), .paragraph, [])])
        let found = try await texts(document)
        #expect(found.allSatisfy { $0.split(separator: " ").count <= 10 })
        #expect(Set(found.flatMap { $0.split(separator: " ").map(String.init) }) == Set(words))
        let unbroken = try await texts(self.document([(String(repeating: "é", count: 5000), .paragraph, [])]))
        #expect(unbroken.joined() == String(repeating: "é", count: 5000))
    }

    @Test func `a part of a block of lines says which line it begins in`() async throws {
        let code = (1...30).map { "let x\($0) = \($0)" }.joined(separator: "\n")
        let block = ReadDocument.Block(range: 0..<code.utf8.count, location: .lines(5...34), form: .code)
        let passages = try await cutter.passages(of: ReadDocument(kind: .code, text: code, blocks: [block]))
        #expect(passages.count > 5)
        for passage in passages {
            let before = code.utf8.prefix(passage.range.lowerBound).count { $0 == 0x0a }
            #expect(passage.location.line == 5 + before)
        }
    }

    @Test func `what is empty, or white space, gives no passage`() async throws {
        #expect(try await texts(document([("", .paragraph, []), ("   ", .paragraph, [])])).isEmpty)
    }
}
