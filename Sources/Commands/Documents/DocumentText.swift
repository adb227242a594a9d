import SquireProtocol

/// How collections and their documents are shown.
enum DocumentText {
    static func added(_ result: DocumentAdd.Result) -> String {
        let counts = [
            (result.added, "added"), (result.updated, "updated"), (result.unchanged, "unchanged"),
            (result.removed, "removed"), (result.failures.count, "not read"),
        ].filter { $0.0 > 0 }
        guard let (first, what) = counts.first else {
            return "There was nothing to read for \(PlainText.line(result.collection)).\n"
        }
        let rest = counts.dropFirst().map { ", \($0.0) \($0.1)" }.joined()
        let passages = result.passages > 0 ? "; \(Format.counted(result.passages, "new passage"))" : ""
        return "\(PlainText.line(result.collection)): \(Format.counted(first, "document")) \(what)\(rest)\(passages).\n"
    }

    /// Names what was not read, or not all of it, on standard error.
    static func warn(_ result: DocumentAdd.Result, _ console: Console) {
        for omission in result.omissions {
            console.err(
                "Read in part: \(DocumentPlace.visible(omission.path)): \(PlainText.line(omission.reason))\n")
        }
        for failure in result.failures {
            console.err(
                console.errStyle.failure("Not read: ")
                    + "\(DocumentPlace.visible(failure.path)): \(PlainText.line(failure.reason))\n")
        }
    }

    /// Whether nothing of what was named could be read.
    static func isFailure(_ result: DocumentAdd.Result) -> Bool {
        !result.failures.isEmpty && result.added + result.updated + result.unchanged + result.removed == 0
    }

    static func list(_ result: DocumentList.Result, collection: String?, _ console: Console) -> String {
        guard !result.collections.isEmpty else {
            return "There are no documents yet. Add some with: squire docs add PATH\n"
        }
        var text = collections(result.collections, console)
        if !result.documents.isEmpty {
            text += "\n" + documents(result, showsCollection: collection == nil, console)
        }
        return text
    }

    private static func collections(_ collections: [CollectionSummary], _ console: Console) -> String {
        let rows = collections.map { collection in
            [
                collection.name, "\(collection.documents)", "\(collection.passages)", share(collection),
                collection.watched.isEmpty ? "-" : collection.watched.joined(separator: ", "),
            ]
        }
        return Table(
            header: ["COLLECTION", "DOCUMENTS", "PASSAGES", "BY MEANING", "FOLLOWED"], rows: rows,
            rightAligned: [1, 2, 3]
        ).text(width: console.outWidth, style: console.outStyle)
    }

    /// How much of a collection can be found by meaning: all of it only where nothing is missing.
    private static func share(_ collection: CollectionSummary) -> String {
        guard collection.passages > 0 else { return "-" }
        return "\(min(collection.embedded, collection.passages) * 100 / collection.passages) %"
    }

    private static func documents(
        _ result: DocumentList.Result, showsCollection: Bool, _ console: Console
    ) -> String {
        let showsCollection = showsCollection && result.collections.count > 1
        let rows = result.documents.map { document in
            [document.document] + (showsCollection ? [document.collection] : []) + [
                Format.time(document.addedAt), document.type, "\(document.passages)", Format.bytes(document.bytes),
                name(document),
            ]
        }
        let shift = showsCollection ? 1 : 0
        return Table(
            header: ["ID"] + (showsCollection ? ["COLLECTION"] : [])
                + ["ADDED", "TYPE", "PASSAGES", "SIZE", "DOCUMENT"],
            rows: rows, rightAligned: [3 + shift, 4 + shift]
        ).text(width: console.outWidth, style: console.outStyle)
    }

    /// Where a document is, after its title where that says more than the place does.
    private static func name(_ document: DocumentSummary) -> String {
        guard let source = document.source else { return document.title }
        let place = DocumentPlace.visible(source)
        return document.title.isEmpty || source.hasSuffix(document.title) ? place : "\(document.title) (\(place))"
    }

    static func check(_ result: DocumentCheck.Result, _ console: Console) -> String {
        let counts =
            "\(Format.counted(result.documents, "document")), \(Format.counted(result.passages, "passage")), "
            + "\(result.embedded) different texts of them to be found by meaning"
        guard !result.problems.isEmpty else { return "The index is consistent: \(counts).\n" }
        let problems = result.problems.map { "  \(PlainText.line($0))\n" }.joined()
        let style = console.outStyle
        return result.repaired
            ? style.success("Repaired") + ": \(counts).\n" + problems
            : style.failure("The index is not consistent") + ": \(counts).\n" + problems
                + "Repair it with: squire docs check --repair\n"
    }

    static func hasProblemsLeft(_ result: DocumentCheck.Result) -> Bool {
        !result.problems.isEmpty && !result.repaired
    }
}
