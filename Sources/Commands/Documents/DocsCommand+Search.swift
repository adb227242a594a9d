public import ArgumentParser
import Core
import Foundation
import SquireClient
public import SquireProtocol

extension DocsCommand {
    struct Search: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Find passages in your documents.",
            discussion: """
                The best comes first, with its place and how well it fits (0 to 1).

                  squire docs search change the oil filter
                  squire docs search --collection code --type swift --method words makeIterator
                """)

        @Argument(help: ArgumentHelp("What to look for, in one or more words.", valueName: "query"))
        var words: [String]

        @Option(help: ArgumentHelp("The most passages to show.", valueName: "n"))
        var limit = 10

        @Option(help: ArgumentHelp("Only in this collection; may be given again.", valueName: "name"))
        var collection: [String] = []

        @Option(help: ArgumentHelp("Only documents below this folder, or this file.", valueName: "path"))
        var path: String?

        @Option(
            help: ArgumentHelp("Only documents of this type (markdown, pdf …); may be given again.", valueName: "type"))
        var type: [String] = []

        @Option(help: ArgumentHelp("Only documents changed on that day or later.", valueName: "YYYY-MM-DD"))
        var since: Day?

        @Option(help: ArgumentHelp("Only documents changed on that day or earlier.", valueName: "YYYY-MM-DD"))
        var until: Day?

        @Option(help: "Whether words, meaning or both count.")
        var method = DocumentSearch.SearchMethod.hybrid

        @OptionGroup
        var common: CommonOptions

        func validate() throws {
            guard words.contains(where: { !$0.allSatisfy(\.isWhitespace) }) else {
                throw ValidationError("Say what to look for: squire docs search oil filter")
            }
            guard limit > 0 else { throw ValidationError("--limit must be 1 or more.") }
            if let since, let until, until < since {
                throw ValidationError("--until is before --since, and no document changed then.")
            }
        }

        func run() async throws {
            let parameters = parameters()
            let result = try await common.withClient { try await $0.call(DocumentSearch.self, parameters) }
            try common.report(result) { PassageText.list(result.passages, query: parameters.query, common.console) }
        }

        /// - Parameter zone: in which days begin and end.
        func parameters(in zone: TimeZone = .current) -> DocumentSearch.Parameters {
            DocumentSearch.Parameters(
                query: words.joined(separator: " "), limit: limit,
                collections: collection.isEmpty ? nil : .named(collection),
                path: path.map(DocumentPlace.absolute), types: type.isEmpty ? nil : type,
                since: since?.start(in: zone), until: until?.end(in: zone), method: method)
        }
    }
}

/// The words of `--method`.
extension DocumentSearch.SearchMethod: ExpressibleByArgument {}

/// A day of the calendar, written `2026-06-21`.
struct Day: ExpressibleByArgument, Comparable {
    private let year: Int
    private let month: Int
    private let day: Int

    private static let form = TextPattern("^([0-9]{4})-([0-9]{2})-([0-9]{2})$")

    /// Nil where it is no date: `2026-6-21`, `2026-02-30`.
    init?(argument: String) {
        guard let match = Self.form.firstMatch(in: argument),
            let year = Int(match.text(1)), let month = Int(match.text(2)), let day = Int(match.text(3))
        else { return nil }
        let parts = DateComponents(calendar: Calendar(identifier: .gregorian), year: year, month: month, day: day)
        guard parts.isValidDate else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    static func < (one: Day, other: Day) -> Bool {
        (one.year, one.month, one.day) < (other.year, other.month, other.day)
    }

    func start(in zone: TimeZone) -> Date? {
        calendar(zone).date(from: DateComponents(year: year, month: month, day: day))
    }

    /// When the next day begins.
    func end(in zone: TimeZone) -> Date? {
        start(in: zone).flatMap { calendar(zone).date(byAdding: .day, value: 1, to: $0) }
    }

    private func calendar(_ zone: TimeZone) -> Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        return calendar
    }
}
