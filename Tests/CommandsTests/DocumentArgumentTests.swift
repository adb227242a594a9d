import ArgumentParser
import Core
import Foundation
import SquireProtocol
import Testing

@testable import Commands

@Suite struct DocumentArgumentTests {
    @Test func `paths are told whole, and addresses as they are`() throws {
        let here = FileManager.default.currentDirectoryPath
        let command = try DocsCommand.Add.parse(
            ["notes", "/a/../b c.md", "HTTPS://example.org/a?b#c", "--collection", "x", "--watch"])
        #expect(
            try command.parameters(piped: nil)
                == DocumentAdd.Parameters(
                    paths: ["\(here)/notes", "/b c.md", "HTTPS://example.org/a?b#c"], collection: "x", watch: true))
    }

    @Test func `a text that is piped in has the title that was given, or its first line`() throws {
        let titled = try DocsCommand.Add.parse(["-", "--title", "Poem"]).parameters(piped: "One\nTwo")
        #expect(titled == DocumentAdd.Parameters(text: "One\nTwo", title: "Poem"))
        let bare = try DocsCommand.Add.parse([]).parameters(piped: "\n \n  The \u{1B}[1msea  \nis wide")
        #expect(bare == DocumentAdd.Parameters(text: "\n \n  The \u{1B}[1msea  \nis wide", title: "The [1msea"))
        let error = #expect(throws: CommandError.self) { try DocsCommand.Add.parse([]).parameters(piped: nil) }
        #expect(error?.code == .usage)
    }

    @Test(arguments: [
        ["add", "-", "a.md"], ["add", "a.md", "--title", "x"], ["add", "--watch"], ["list", "--limit", "0"],
        ["list", "--offset", "-1"], ["search"], ["search", " "], ["search", "a", "--limit", "0"],
        ["search", "a", "--since", "2026-02-30"], ["search", "a", "--until", "yesterday"],
        ["search", "a", "--since", "2026-02-02", "--until", "2026-02-01"], ["search", "a", "--method", "luck"],
        ["remove"], ["remove", "a", "--collection", "b"],
    ])
    func `what contradicts itself is refused`(_ words: [String]) {
        #expect(throws: (any Error).self) { try SquireCommand.parseAsRoot(["docs"] + words) }
    }

    @Test func `a search's options become its parameters, days as they are where the user is`() throws {
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
                == DocumentSearch.Parameters(
                    query: "oil filter", limit: 3, collections: .named(["a", "b"]), path: "/n", types: ["pdf"],
                    since: Date(timeIntervalSince1970: 1_774_738_800),
                    until: Date(timeIntervalSince1970: 1_774_821_600),
                    method: .words))
        #expect(
            try DocsCommand.Search.parse(["oil"]).parameters()
                == DocumentSearch.Parameters(query: "oil", limit: 10, method: .hybrid))
    }

    @Test func `what looks like a path is removed as one, anything else as an id`() {
        #expect(DocumentPlace.idOrPlace("d41d8cd98f") == "d41d8cd98f")
        #expect(DocumentPlace.idOrPlace("/a/b/../c") == "/a/c")
        #expect(DocumentPlace.idOrPlace("a.md") == FileManager.default.currentDirectoryPath + "/a.md")
        #expect(DocumentPlace.idOrPlace("http://a/b/../c") == "http://a/b/../c")
    }
}
