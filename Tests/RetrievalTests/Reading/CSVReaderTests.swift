import Testing

@testable import Retrieval

struct CSVReaderTests {
    @Test func `a row is a record that names its values`() async throws {
        let document = try await read("id,Title,year\n1,First,1999\n2,\"Second, or last\",\n", as: "a.csv")
        #expect(document.texts == ["id: 1\nTitle: First\nyear: 1999", "id: 2\nTitle: Second, or last"])
        #expect(document.blocks.map(\.headings) == [["First"], ["Second, or last"]])
        #expect(document.blocks.map(\.location) == [.record(1), .record(2)])
        #expect(document.blocks.allSatisfy { $0.form == .record })
        #expect(document.isSound)
    }

    @Test(arguments: [",", ";", "\t", "|"])
    func `the delimiter is found out`(delimiter: String) async throws {
        let rows = [["name", "note"], ["Ann", "a, b; c"], ["Bob", "\"x | y\t\"\"z\"\"\""]]
        let text = rows.map { $0.map { $0.contains(delimiter) && !$0.hasPrefix("\"") ? "\"\($0)\"" : $0 } }
            .map { $0.joined(separator: delimiter) }.joined(separator: "\r\n")
        let document = try await read(text, as: "a.csv")
        #expect(document.texts == ["name: Ann\nnote: a, b; c", "name: Bob\nnote: x | y\t\"z\""])
    }

    @Test func `a value in quotes may have several lines`() async throws {
        let document = try await read("a,b\n\"one\ntwo\n\nthree\",x\n", as: "a.csv")
        #expect(document.texts == ["a: one\ntwo\n\nthree\nb: x"])
    }

    @Test func `a table without names is read all the same`() async throws {
        let document = try await read("1,Ann\n2,Bob\n", as: "a.csv")
        #expect(document.texts == ["1\nAnn", "2\nBob"])
        #expect(document.blocks.map(\.headings) == [["1"], ["2"]])
    }

    @Test func `rows of any width are read`() async throws {
        let document = try await read("a,b\n1\n1,2,3\n\n,\n", as: "a.csv")
        #expect(document.texts == ["a: 1", "a: 1\nb: 2\ncolumn 3: 3"])
    }

    @Test func `a quote that is never closed does not swallow the rest`() async throws {
        let document = try await read("a,b\n1,\"open\n2,x\n3,y\n", as: "a.csv")
        #expect(document.texts == ["a: 1\nb: \"open", "a: 2\nb: x", "a: 3\nb: y"])
        #expect(document.omission?.contains("quote") == true)
    }

    @Test func `quotes within values that nobody doubled are kept`() async throws {
        let document = try await read("a,b\n5\" pipe,\"the \"big\" one\"\n", as: "a.csv")
        #expect(document.texts == ["a: 5\" pipe\nb: the \"big\" one"])
    }

    @Test(arguments: ["\"", "\"\"", "\"\"\",", ",", "\"a\n", "\n", "\"  "])
    func `megabytes of one mark do not take long`(mark: String) async throws {
        let text = String(repeating: mark, count: 2_000_000 / mark.utf8.count) + "x"
        #expect(try await read(text, as: "a.csv").isSound)
    }
}
