import Core
import Testing

@testable import Retrieval

/// Names that are looked for as they are written.
@Suite(.timeLimit(.minutes(1)))
struct IdentifierTests {
    /// What stands in the file that is meant; the others have its parts.
    private static let meant = """
        Issue POL-358 is about max_retry_count and grammar::fa in spec 38.101-1. Run it with --error-on-warnings and \
        -j4. We don't use agents. C++ and C# and F# and .NET 8. Version v1.2.3-rc.1. The path /usr/local/bin/frob. Mail \
        ann@example.org. Error 0x80070005. ISBN 978-3-16-148410-0. Price 1,234.56 EUR. x86_64 and camelCaseName.
        """
    private static let other = """
        Issue POL-359 is about min_retry_delay in spec 38.211. Run it with --error-on-notices. C and F. Version \
        v1.2.4. 358 geese and POL sports. The retry count of the max. Error 80070005. Mail ann, for example org. The net.
        """

    @Test(
        arguments: [
            "POL-358", "38.101", "max_retry_count", "grammar::fa", "--error-on-warnings", "-j4", "C#", "C++",
            "v1.2.3-rc.1",
            "/usr/local/bin/frob", "ann@example.org", "0x80070005", "978-3-16-148410-0", "1,234.56", "x86_64",
            "what is pol-358 about?", "in which spec, 38.101 or another, is it?", "camelCaseName",
        ], [SearchMethod.words, .hybrid])
    func `the document with a name as it is written comes first`(query: String, method: SearchMethod) async throws {
        try await LibraryFixture.with { fixture in
            try fixture.write(Self.meant, to: "id.txt")
            try fixture.write(Self.other, to: "id2.txt")
            let rows = (1...200).map { "\($0),bolt M\($0),\($0)0" }.joined(separator: "\n")
            try fixture.write("id,item,price\n" + rows, to: "parts.csv")
            try await fixture.add()
            if method == .hybrid { try await fixture.embed() }
            let found = try await fixture.search(query, method)
            #expect(found.first?.source?.hasSuffix("/id.txt") == true, "\(found.prefix(3).map { $0.source ?? "" })")
        }
    }

    @Test func `names are told by their signs, and plain words, numbers and abbreviations are none`() {
        for name in ["POL-358", "38.101", "a_b", "std::map", "C#", "iPhone", "README.md", "a/b", "-x", "3rd", "x=1"] {
            #expect(Identifiers.isIdentifier(name[...]), "\(name)")
        }
        for word in ["boiler", "well-known", "e-mail", "don't", "2027", "U.S.", "e.g.", "I", "(boiler)", "why?", "-"] {
            #expect(!Identifiers.isIdentifier(word[...]), "\(word)")
        }
    }
}
