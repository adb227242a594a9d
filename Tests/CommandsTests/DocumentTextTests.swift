import Foundation
import SquireProtocol
import Testing

@testable import Commands

@Suite struct DocumentTextTests {
    @Test func `what was added is said in a line of counts`() {
        let result = DocumentAdd.Result(
            collection: "notes", added: 12, updated: 3, unchanged: 120, removed: 1, passages: 345,
            failures: [.init(path: "/a", kind: "k", reason: "r")])
        #expect(
            DocumentText.added(result)
                == "notes: 12 documents added, 3 updated, 120 unchanged, 1 removed, 1 not read; 345 new passages.\n")
        #expect(
            DocumentText.added(DocumentAdd.Result(collection: "notes", unchanged: 1))
                == "notes: 1 document unchanged.\n")
        #expect(DocumentText.added(DocumentAdd.Result(collection: "notes")) == "There was nothing to read for notes.\n")
        #expect(!DocumentText.isFailure(result))
        #expect(!DocumentText.isFailure(DocumentAdd.Result(collection: "notes")))
        #expect(DocumentText.isFailure(DocumentAdd.Result(collection: "notes", failures: result.failures)))
    }

    @Test func `each file that was not read, or not all of it, is named with its reason`() {
        let captured = Captured()
        DocumentText.warn(
            DocumentAdd.Result(
                collection: "notes",
                failures: [.init(path: "/a\u{1B}[2J.pdf", kind: "documentDamaged", reason: "It ends\ntoo early.")],
                omissions: [.init(path: "/b.txt", reason: "its end is left out")]), captured.console)
        #expect(
            captured.err
                == "Read in part: /b.txt: its end is left out\nNot read: /a\\u{1b}[2J.pdf: It ends too early.\n")
        #expect(captured.out.isEmpty)
    }

    @Test func `collections are listed, and below them documents`() {
        let time = Date(timeIntervalSince1970: 1_700_000_000)
        let documents = [
            DocumentSummary(
                document: "d1", title: "Fonts", source: "/n/f.md", collection: "notes", type: "markdown", passages: 4,
                bytes: 2048, addedAt: time),
            DocumentSummary(
                document: "d2", title: "b.pdf", source: "/n/b.pdf", collection: "notes", type: "pdf", passages: 30,
                bytes: 5, addedAt: time),
            DocumentSummary(
                document: "d3", title: "Poem", source: nil, collection: "notes", type: "text", passages: 1, bytes: 9,
                addedAt: time),
        ]
        let notes = CollectionSummary(name: "notes", documents: 5, passages: 40, embedded: 39, watched: ["/n"])
        let empty = CollectionSummary(name: "empty", documents: 0, passages: 0, embedded: 0, watched: [])
        let console = Captured().console(width: 100)
        let date = Format.time(time)
        #expect(
            DocumentText.list(
                DocumentList.Result(collections: [notes, empty], documents: documents), collection: nil, console) == """
                    COLLECTION  DOCUMENTS  PASSAGES  BY MEANING  FOLLOWED
                    notes               5        40        97 %  /n
                    empty               0         0           -  -

                    ID  COLLECTION  ADDED             TYPE      PASSAGES     SIZE  DOCUMENT
                    d1  notes       \(date)  markdown         4  2.0 KiB  Fonts (/n/f.md)
                    d2  notes       \(date)  pdf             30      5 B  /n/b.pdf
                    d3  notes       \(date)  text             1      9 B  Poem

                    """)
        #expect(
            DocumentText.list(DocumentList.Result(collections: [], documents: []), collection: nil, console)
                == "There are no documents yet. Add some with: squire docs add PATH\n")
    }

    @Test func `a check says what is wrong, and what to do`() {
        let console = Captured().console
        var result = DocumentCheck.Result(documents: 1, passages: 20, embedded: 19, problems: [], repaired: false)
        let counts = "1 document, 20 passages, 19 different texts of them to be found by meaning.\n"
        #expect(DocumentText.check(result, console) == "The index is consistent: \(counts)")
        #expect(!DocumentText.hasProblemsLeft(result))
        result.problems = ["Passage 7 has no document."]
        #expect(
            DocumentText.check(result, console)
                == "The index is not consistent: \(counts)  Passage 7 has no document.\n"
                + "Repair it with: squire docs check --repair\n")
        #expect(DocumentText.hasProblemsLeft(result))
        result.repaired = true
        #expect(DocumentText.check(result, console) == "Repaired: \(counts)  Passage 7 has no document.\n")
        #expect(!DocumentText.hasProblemsLeft(result))
    }
}
