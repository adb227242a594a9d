import ArgumentParser
import Core
import Foundation
import JSONRPC
import SquireClient
import SquireProtocol
import Synchronization
import Testing

@testable import Commands

extension Captured {
    fileprivate func console(width: Int) -> Console {
        var console = console
        console.width = width
        return console
    }
}

@Suite struct DocumentArgumentTests {
    @Test("paths are told whole, and addresses as they are")
    func places() throws {
        let here = FileManager.default.currentDirectoryPath
        let command = try DocsCommand.Add.parse(
            ["notes", "/a/../b c.md", "HTTPS://example.org/a?b#c", "--collection", "x", "--watch"])
        #expect(
            try command.parameters(piped: nil)
                == DocumentAddParameters(
                    paths: ["\(here)/notes", "/b c.md", "HTTPS://example.org/a?b#c"], collection: "x", watch: true))
    }

    @Test("a text that is piped in has the title that was given, or its first line")
    func piped() throws {
        let titled = try DocsCommand.Add.parse(["-", "--title", "Poem"]).parameters(piped: "One\nTwo")
        #expect(titled == DocumentAddParameters(text: "One\nTwo", title: "Poem"))
        let bare = try DocsCommand.Add.parse([]).parameters(piped: "\n \n  The \u{1B}[1msea  \nis wide")
        #expect(bare == DocumentAddParameters(text: "\n \n  The \u{1B}[1msea  \nis wide", title: "The [1msea"))
        let error = #expect(throws: CommandError.self) { try DocsCommand.Add.parse([]).parameters(piped: nil) }
        #expect(error?.code == .usage)
    }

    @Test(
        "what contradicts itself is refused",
        arguments: [
            ["add", "-", "a.md"], ["add", "a.md", "--title", "x"], ["add", "--watch"], ["list", "--limit", "0"],
            ["list", "--offset", "-1"], ["search"], ["search", " "], ["search", "a", "--limit", "0"],
            ["search", "a", "--since", "2026-02-30"], ["search", "a", "--until", "yesterday"],
            ["search", "a", "--since", "2026-02-02", "--until", "2026-02-01"], ["search", "a", "--method", "luck"],
            ["remove"], ["remove", "a", "--collection", "b"],
        ])
    func refused(_ words: [String]) {
        #expect(throws: (any Error).self) { try SquireCommand.parseAsRoot(["docs"] + words) }
    }

    @Test("a search's options become its parameters, days as they are where the user is")
    func search() throws {
        let command = try DocsCommand.Search.parse(
            [
                "oil", "filter", "--limit", "3", "--collection", "a", "--collection", "b", "--type", "pdf", "--path",
                "/n/",
                "--since", "2026-03-29", "--until", "2026-03-29", "--method", "words",
            ])
        let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
        // A day of 23 hours.
        #expect(
            command.parameters(in: zone)
                == DocumentSearchParameters(
                    query: "oil filter", limit: 3, collections: .named(["a", "b"]), path: "/n", types: ["pdf"],
                    since: Date(timeIntervalSince1970: 1_774_738_800),
                    until: Date(timeIntervalSince1970: 1_774_821_600),
                    method: .words))
        #expect(
            try DocsCommand.Search.parse(["oil"]).parameters()
                == DocumentSearchParameters(query: "oil", limit: 10, method: .hybrid))
    }

    @Test("what looks like a path is removed as one, anything else as an id")
    func remove() {
        #expect(DocumentPlace.idOrPlace("d41d8cd98f") == "d41d8cd98f")
        #expect(DocumentPlace.idOrPlace("/a/b/../c") == "/a/c")
        #expect(DocumentPlace.idOrPlace("a.md") == FileManager.default.currentDirectoryPath + "/a.md")
        #expect(DocumentPlace.idOrPlace("http://a/b/../c") == "http://a/b/../c")
    }
}

@Suite struct DocumentTextTests {
    @Test("what was added is said in a line of counts")
    func added() {
        let result = DocumentAddResult(
            collection: "notes", added: 12, updated: 3, unchanged: 120, removed: 1, passages: 345,
            failures: [.init(path: "/a", kind: "k", reason: "r")])
        #expect(
            DocumentText.added(result)
                == "notes: 12 documents added, 3 updated, 120 unchanged, 1 removed, 1 not read; 345 new passages.\n")
        #expect(
            DocumentText.added(DocumentAddResult(collection: "notes", unchanged: 1))
                == "notes: 1 document unchanged.\n")
        #expect(DocumentText.added(DocumentAddResult(collection: "notes")) == "There was nothing to read for notes.\n")
        #expect(!DocumentText.isFailure(result))
        #expect(!DocumentText.isFailure(DocumentAddResult(collection: "notes")))
        #expect(DocumentText.isFailure(DocumentAddResult(collection: "notes", failures: result.failures)))
    }

    @Test("each file that was not read is named with its reason")
    func failures() {
        let captured = Captured()
        DocumentText.warn(
            [.init(path: "/a\u{1B}[2J.pdf", kind: "documentDamaged", reason: "It ends\ntoo early.")], captured.console)
        #expect(captured.err == "Not read: /a[2J.pdf: It ends too early.\n")
        #expect(captured.out.isEmpty)
    }

    @Test("collections are listed, and below them documents")
    func list() {
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
                DocumentListResult(collections: [notes, empty], documents: documents), collection: nil, offset: 1,
                console) == """
                    COLLECTION  DOCUMENTS  PASSAGES  BY MEANING  FOLLOWED
                    notes               5        40        97 %  /n
                    empty               0         0           -  -

                    ID  COLLECTION  ADDED             TYPE      PASSAGES     SIZE  DOCUMENT
                    d1  notes       \(date)  markdown         4  2.0 KiB  Fonts (/n/f.md)
                    d2  notes       \(date)  pdf             30      5 B  /n/b.pdf
                    d3  notes       \(date)  text             1      9 B  Poem
                    4 of 5 documents; --offset 4 shows what follows.

                    """)
        let all = DocumentText.list(
            DocumentListResult(collections: [notes], documents: documents), collection: "notes", offset: 2, console)
        #expect(!all.contains("--offset"))
        #expect(
            DocumentText.list(DocumentListResult(collections: [], documents: []), collection: nil, offset: 0, console)
                == "There are no documents yet. Add some with: squire docs add PATH\n")
    }

    @Test("a check says what is wrong, and what to do")
    func check() {
        let console = Captured().console
        var result = DocumentCheckResult(documents: 1, passages: 20, embedded: 19, problems: [], repaired: false)
        let counts = "1 document, 20 passages, 19 of them to be found by meaning.\n"
        #expect(DocumentText.check(result, console) == "The index holds together: \(counts)")
        #expect(!DocumentText.hasProblemsLeft(result))
        result.problems = ["Passage 7 has no document."]
        #expect(
            DocumentText.check(result, console)
                == "The index does not hold together: \(counts)  Passage 7 has no document.\n"
                + "Repair it with: squire docs check --repair\n")
        #expect(DocumentText.hasProblemsLeft(result))
        result.repaired = true
        #expect(DocumentText.check(result, console) == "Repaired: \(counts)  Passage 7 has no document.\n")
        #expect(!DocumentText.hasProblemsLeft(result))
    }
}

@Suite struct PassageTextTests {
    private func passage(
        _ text: String, highlights: [[Int]] = [], title: String = "Fonts", location: String = "Setup › Fonts, line 12",
        source: String? = "/n/my fonts.md", line: Int? = 12
    ) -> FoundPassage {
        FoundPassage(
            document: "d1", title: title, location: location, text: text, score: 0.8251, collection: "notes",
            type: "markdown", source: source, line: line, highlights: highlights)
    }

    private let coloured = Console(
        isOutTerminal: true, isErrTerminal: true, width: 60, usesColour: true, out: { _ in }, err: { _ in })

    @Test("a passage is shown with its place and its text")
    func plain() {
        let console = Captured(isTerminal: true).console
        let passages = [
            passage("A font is chosen in the settings.\n\n\tThen it is used by all that is written from there on."),
            passage("Short.", title: "Poem", location: "", source: nil, line: nil),
            passage("Page.", title: "Book", location: "page 3", source: "https://example.org/b", line: 1),
        ]
        #expect(
            PassageText.list(passages, query: "font", console) == """
                1  Fonts  0.83
                   /n/my fonts.md:12  Setup › Fonts, line 12
                   A font is chosen in the settings.
                       Then it is used by all that is written from there
                   on.

                2  Poem  0.83
                   Short.

                3  Book  0.83
                   https://example.org/b  page 3
                   Page.

                """)
        #expect(PassageText.list([], query: "a\u{1B}b", console) == "Nothing was found for: ab\n")
    }

    @Test("what was looked for is bold and the place a link, where colours are on")
    func colours() {
        let host = ProcessInfo.processInfo.hostName
        let text = PassageText.list([passage("The é font.", highlights: [[6, 4]])], query: "font", coloured)
        #expect(
            text == """
                1  \u{1B}[1mFonts\u{1B}[0m  \u{1B}[2m0.83\u{1B}[0m
                   \u{1B}]8;;file://\(host)/n/my%20fonts.md\u{1B}\\/n/my fonts.md:12\u{1B}]8;;\u{1B}\\  \
                \u{1B}[2mSetup › Fonts, line 12\u{1B}[0m
                   The é \u{1B}[1mfont\u{1B}[0m.

                """)
    }

    @Test("control characters of documents reach the terminal neither in texts nor in links")
    func controlCharacters() {
        let evil = "\u{1B}]0;x\u{7}\u{9B}2J\u{1B}\\"
        let text = PassageText.list(
            [passage(evil + "font", highlights: [[11, 4]], title: evil, location: evil, source: "/\(evil)é")],
            query: "font", coloured)
        let own = ["\u{1B}[1m", "\u{1B}[2m", "\u{1B}[0m", "\u{1B}]8;;", "\u{1B}\\"]
        let rest = own.reduce(text) { $0.replacingOccurrences(of: $1, with: "") }
        #expect(!rest.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" })
        #expect(text.contains("]0;x2J\\\u{1B}[1mfont\u{1B}[0m"))
        #expect(text.contains("/%1B%5D0%3Bx%07%C2%9B2J%1B%5C%C3%A9\u{1B}\\"))
        let address = Hyperlink.text("t", to: "https://a/\u{1B}\\?q=ü#x")
        #expect(address == "\u{1B}]8;;https://a/%1B%5C?q=%C3%BC#x\u{1B}\\t\u{1B}]8;;\u{1B}\\")
    }

    private func lines(_ excerpt: Excerpt) -> [String] { excerpt.lines.map { $0.text(style: Style(isOn: false)) } }

    @Test("a long text is cut to the lines with what was looked for, these in the middle")
    func excerpt() {
        let words = (0..<40).map { "word\($0)" }
        let text = words.joined(separator: "\n")
        let offset = text.utf16.count - words[20...].joined(separator: "\n").utf16.count
        #expect(
            lines(Excerpt(text, highlights: [[offset, 6]], width: 40, lines: 5)) == [
                "…word18", "word19", "word20", "word21", "word22…",
            ])
        #expect(
            lines(Excerpt(text, highlights: [[0, 4]], width: 40, lines: 3)) == ["word0", "word1", "word2…"],
            "from the top, where that shows it")
        #expect(lines(Excerpt(text, highlights: [], width: 40, lines: 2)) == ["word0", "word1…"])
        let last = Excerpt(text, highlights: [[text.utf16.count - 2, 2]], width: 40, lines: 2)
        #expect(lines(last) == ["…word38", "word39"])
    }

    @Test("lines break between words, words only where they are wider than a line, and wide characters count double")
    func breaking() {
        func broken(_ text: String, _ width: Int) -> [String] {
            lines(Excerpt(text, highlights: [], width: width + 2, lines: 100))
        }
        #expect(broken("one two  three", 7) == ["one two", "three"])
        #expect(broken("one two three", 8) == ["one two", "three"])
        #expect(broken("abcdefghij k", 4) == ["abcd", "efgh", "ij k"])
        #expect(broken("  indented text", 10) == ["  indented", "text"])
        #expect(broken("日本語の文書", 4) == ["日本", "語の", "文書"])
        #expect(broken("\n \n", 4) == [])
        #expect(broken("", 4) == [])
    }

    @Test(
        "highlights that are not in the text harm nothing",
        arguments: [[[0]], [[-1, 3]], [[5, 0]], [[0, .max]], [[3, .max]], [[900, 2]], [[]]])
    func badHighlights(_ highlights: [[Int]]) {
        #expect(lines(Excerpt("some text", highlights: highlights, width: 40, lines: 3)) == ["some text"])
    }
}

@Suite struct DocumentProgressTests {
    private func event(_ done: Int?, _ total: Int?, _ text: String? = nil) -> AskEvent {
        AskEvent(request: 1, type: .progress, text: text, done: done, total: total)
    }

    /// Shows events at these times, and says what stood on the line after each.
    private func lines(_ events: [(Double, AskEvent)], width: Int = 100, isTerminal: Bool = true) -> [String] {
        let captured = Captured(isTerminal: isTerminal)
        let time = Mutex(0.0)
        let progress = DocumentProgress(console: captured.console(width: width)) { .seconds(time.withLock { $0 }) }
        for (seconds, event) in events {
            time.withLock { $0 = seconds }
            progress.receive(event)
        }
        progress.finish()
        progress.receive(event(1, 1))
        return captured.err.components(separatedBy: "\r\u{1B}[2K")
    }

    @Test("one line shows a bar, how many are done, how fast, how long yet, and what is read")
    func line() {
        #expect(
            lines([
                (0, event(0, 400, "/n/a.md")), (0.01, event(1, 400)), (2, event(100, 400, "/n/b.md")),
                (4, event(150, nil, "/n/c.md")), (5, event(nil, nil, "Closing")),
            ]) == [
                "", "░░░░░░░░░░░░░░░░░░░░  0/400  /n/a.md",
                "█████░░░░░░░░░░░░░░░  100/400  50 documents/s  6 s left  /n/b.md",
                "150  38 documents/s  /n/c.md", "Closing", "",
            ])
    }

    @Test("the line is never wider than the terminal, nor has what moves the cursor")
    func width() {
        let shown = lines([(0, event(3, 10, "/日本語/\u{1B}[2J文書文書文書文書"))], width: 50)
        #expect(shown == ["", "██████░░░░░░░░░░░░░░  3/10  /日本語/[2J文書文書…", ""])
        #expect(Columns.width(of: shown[1]) <= 49)
    }

    @Test("where there is no terminal nothing is shown")
    func noTerminal() {
        #expect(lines([(0, event(1, 2)), (1, event(2, 2))], isTerminal: false) == [""])
    }

    @Test("the pace is that of the last seconds")
    func pace() {
        var pace = Pace()
        pace.note(done: 0, at: .zero)
        #expect(pace.perSecond == nil)
        for second in 1...100 { pace.note(done: second * 10, at: .seconds(second)) }
        for second in 1...20 { pace.note(done: 1000 + second, at: .seconds(100 + second)) }
        #expect(pace.perSecond.map { ($0 * 10).rounded() } == 10)
        #expect(pace.secondsLeft(of: 1030).map { $0.rounded() } == 10)
        #expect(pace.secondsLeft(of: 1020) == nil)
    }
}

/// The commands against a server of this test's own on a real socket.
@Suite(.timeLimit(.minutes(1))) struct DocumentCommandTests {
    private func withDaemon(
        _ router: RPCRouter, _ body: (Location) async throws -> Void
    ) async throws {
        let home = FileManager.default.temporaryDirectory.appendingPathComponent("sq-\(UUID().uuidString.prefix(8))")
        defer { try? FileManager.default.removeItem(at: home) }
        let location = Location(home: home.path, environment: [:])
        try await RPCServer.withServer(at: location.socket, handler: router) { _ in try await body(location) }
    }

    @Test("what is added is told as it comes, and the result at the end")
    func add() async throws {
        var router = RPCRouter()
        router.on(Method.documentAdd) { (parameters: DocumentAddParameters, context) in
            #expect(parameters == DocumentAddParameters(paths: ["/n"], collection: "notes"))
            try await context.notify(
                Method.event,
                AskEvent(request: context.id.value, type: .progress, text: "/n/a.md", done: 1, total: 2))
            return DocumentAddResult(collection: "notes", added: 2, passages: 3)
        }
        try await withDaemon(router) { location in
            let captured = Captured(isTerminal: true)
            let progress = DocumentProgress(console: captured.console)
            let result = try await SquireClient.withClient(socket: location.socket) { client in
                try await DocsCommand.Add.add(
                    DocumentAddParameters(paths: ["/n"], collection: "notes"), client, progress)
            }
            #expect(result == DocumentAddResult(collection: "notes", added: 2, passages: 3))
            #expect(captured.err == "\r\u{1B}[2K██████████░░░░░░░░░░  1/2  /n/a.md\r\u{1B}[2K")
            #expect(captured.out.isEmpty)
        }
    }

    @Test("an interrupted command cancels the request and says that what is done stays")
    func interrupt() async throws {
        let (began, begin) = AsyncStream.makeStream(of: Void.self)
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        var router = RPCRouter()
        router.on(Method.documentAdd) { (_: DocumentAddParameters, _) -> DocumentAddResult in
            begin.finish()
            defer { end.finish() }
            try await Task.sleep(for: .seconds(1000))
            throw CancellationError()
        }
        try await withDaemon(router) { location in
            let progress = DocumentProgress(console: Captured().console)
            let adding = Task {
                try await SquireClient.withClient(socket: location.socket) { client in
                    try await DocsCommand.Add.add(DocumentAddParameters(paths: ["/n"]), client, progress)
                }
            }
            for await _ in began {}
            adding.cancel()
            for await _ in ended {}
            let error = await #expect(throws: CommandError.self) { try await adding.value }
            #expect(error?.code == .interrupted)
            #expect(error?.message.contains("same command goes on") == true)
        }
    }

    @Test("the client's other methods say what was asked and give what was answered")
    func methods() async throws {
        let passage = FoundPassage(
            document: "d", title: "t", location: "line 1", text: "x", score: 0.5, collection: "c", type: "text",
            source: nil, line: 1, highlights: [[0, 1]])
        var router = RPCRouter()
        router.on(Method.documentList) { (parameters: DocumentListParameters, _) in
            #expect(parameters == DocumentListParameters(collection: "c", limit: 2, offset: 1))
            return DocumentListResult(collections: [], documents: [])
        }
        router.on(Method.documentSearch) { (parameters: DocumentSearchParameters, _) in
            #expect(parameters.method == .meaning)
            return DocumentSearchResult(passages: [passage])
        }
        router.on(Method.documentRemove) { (parameters: DocumentRemoveParameters, _) in
            DocumentRemoveResult(removed: parameters.documents?.count ?? 0)
        }
        router.on(Method.documentCheck) { (parameters: DocumentCheckParameters, _) in
            DocumentCheckResult(
                documents: 1, passages: 2, embedded: 2, problems: [], repaired: parameters.repair == true)
        }
        try await withDaemon(router) { location in
            try await SquireClient.withClient(socket: location.socket) { client in
                let list = try await client.documents(DocumentListParameters(collection: "c", limit: 2, offset: 1))
                #expect(list.documents.isEmpty)
                let found = try await client.searchDocuments(DocumentSearchParameters(query: "q", method: .meaning))
                #expect(found.passages == [passage])
                let removed = try await client.removeDocuments(DocumentRemoveParameters(documents: ["a", "b"]))
                #expect(removed.removed == 2)
                #expect(try await client.checkDocuments(DocumentCheckParameters(repair: true)).repaired)
            }
        }
    }

    @Test("a command that has said why it failed says no more")
    func exitCode() {
        let captured = Captured()
        let status = CommandLineProgram.report(
            ExitCode(1), arguments: ["docs", "add", "--json"], console: captured.console)
        #expect(status == 1)
        #expect(captured.out.isEmpty)
        #expect(captured.err.isEmpty)
    }
}
