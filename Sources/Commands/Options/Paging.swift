import ArgumentParser

/// What `--limit` and `--offset` of a list may be.
enum Paging {
    static func check(limit: Int, offset: Int) throws {
        guard limit > 0, offset >= 0 else {
            throw ValidationError("--limit must be 1 or more, and --offset 0 or more.")
        }
    }
}

/// Which part of a long list is shown.
struct ListPaging: ParsableArguments {
    @Option(help: ArgumentHelp("The most to list.", valueName: "n"))
    var limit = 50

    @Option(help: ArgumentHelp("Skip the first n.", valueName: "n"))
    var offset: Int?

    @Option(help: ArgumentHelp("Show the nth page, of --limit each.", valueName: "n"))
    var page: Int?

    @Flag(help: "List all there are.")
    var all = false

    /// The most that one answer of the daemon holds.
    private static let most = 1000

    func validate() throws {
        try Paging.check(limit: limit, offset: offset ?? 0)
        guard page ?? 1 > 0 else { throw ValidationError("--page must be 1 or more.") }
        guard [offset != nil, page != nil, all].count(where: \.self) <= 1 else {
            throw ValidationError("Give one of --offset, --page and --all.")
        }
    }

    private var first: Int { all ? 0 : offset ?? ((page ?? 1) - 1) * limit }

    /// What is shown of a list.
    struct Part<Item> {
        var items: [Item]
        var total: Int
    }

    /// Fetches the part that was asked for, in as many requests as it takes.
    func all<Item>(_ fetch: (_ limit: Int, _ offset: Int) async throws -> ([Item], total: Int)) async throws -> Part<
        Item
    > {
        var part = Part<Item>(items: [], total: 0)
        let wanted = all ? Int.max : limit
        while part.items.count < wanted {
            let count = min(wanted - part.items.count, Self.most)
            let (items, total) = try await fetch(count, first + part.items.count)
            part.items += items
            part.total = total
            if items.count < count { break }
        }
        return part
    }

    /// Says on standard error where there is more than is shown.
    func sayMore<Item>(_ part: Part<Item>, of things: String, _ console: Console) {
        if let line = more(shown: part.items.count, total: part.total, of: things) {
            console.err(console.errStyle.quiet(line) + "\n")
        }
    }

    /// `1 to 50 of 64 conversations; --page 2 shows more, --all shows all.`
    func more(shown: Int, total: Int, of things: String) -> String? {
        let end = first + shown
        guard shown < total else { return nil }
        guard shown > 0 else { return total > first ? nil : "There are only \(total) \(things)." }
        let next =
            end >= total
            ? "" : first % limit == 0 ? "; --page \(end / limit + 1) shows more" : "; --offset \(end) shows more"
        return
            "\(first + 1) to \(end) of \(total) \(things)\(next.isEmpty ? "; --all shows all." : "\(next), --all shows all.")"
    }
}
