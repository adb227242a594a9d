import Testing

@testable import Retrieval

struct CodeReaderTests {
    /// A line that makes a type too large to be one block.
    private static let filler = (1...40).map { "        let filler\($0) = compute(value: \($0), of: other)" }
        .joined(separator: "\n")

    @Test func `functions and types are blocks with their comments`() async throws {
        let document = try await read(
            """
            // License.

            import Foundation
            import Other

            /// Says hello.
            @discardableResult
            public func hello<T>(
                _ name: T
            ) -> String {
                "hello"

            }

            struct Small {
                var a = 1
            }
            let x = 1
            """, as: "a.swift")
        #expect(document.kind == .code)
        #expect(
            document.texts == [
                "// License.", "import Foundation\nimport Other",
                "/// Says hello.\n@discardableResult\npublic func hello<T>(\n    _ name: T\n) -> String {\n    \"hello\"\n\n}",
                "struct Small {\n    var a = 1\n}", "let x = 1",
            ])
        #expect(document.blocks[2].location == .lines(6...13))
        #expect(document.blocks.allSatisfy { $0.form == .code && $0.headings.isEmpty })
        #expect(document.isSound)
    }

    @Test func `what is declared in a larger type stands under its name`() async throws {
        let document = try await read(
            """
            /// Documented.
            final class Outer: Base {
                private var a = 1

                func first() {
            \(Self.filler)
                }

                struct Inner {
                    func second() {
            \(Self.filler)
                    }
                }
            }

            extension Outer: Hashable where T: X {
                func third() {
            \(Self.filler)
                }
            }
            """, as: "a.swift")
        #expect(document.texts.first == "/// Documented.\nfinal class Outer: Base {")
        #expect(document.blocks.first?.form == .heading)
        #expect(document.block(with: "private var a")?.headings == ["Outer"])
        #expect(document.block(with: "func first")?.headings == ["Outer"])
        #expect(document.block(with: "func second")?.headings == ["Outer", "Inner"])
        #expect(document.block(with: "func third")?.headings == ["Outer"])
    }

    @Test(arguments: [
        ("a.py", "@dec(1)\nasync def f(a,\n      b):\n    return 1\n", "class C(B):\n    x = 1\n"),
        ("a.go", "// F does.\nfunc (r *T) F(a int) error {\n\treturn nil\n}\n", "type T struct {\n\ta int\n}\n"),
        (
            "a.rs", "#[inline]\npub(crate) fn f<'a>(x: &'a str) -> u8 {\n    1\n}\n",
            "impl<T> A for B<T> {\n    fn g() {}\n}\n"
        ),
        ("a.c", "static int\nf(void)\n{\n    return 1;\n}\n", "struct s {\n    int a;\n};\n"),
        (
            "a.cpp", "template <class T>\nint A::f(int a) const {\n#ifdef X\n    g();\n#endif\n}\n",
            "enum class E { a };\n"
        ),
        ("A.java", "@Override\npublic int f(int a) {\n    return a;\n}\n", "interface I {\n    void g();\n}\n"),
        ("a.js", "export const f = async (a) => {\n  return a;\n};\n", "function* g() {\n  yield 1;\n}\n"),
        ("a.ts", "export default function f(a: number) {\n  return a;\n}\n", "type T = {\n  a: number;\n};\n"),
        ("a.rb", "# Does.\ndef self.f(a)\n  a\nend\n", "module M\n  X = 1\nend\n"),
        ("a.lua", "-- Does.\nlocal function f(a)\n  return a\nend\n", "function m.g:h()\nend\n"),
        ("a.sh", "# Does.\nf() {\n  echo 1\n}\n", "function g {\n  echo 2\n}\n"),
        (
            "a.sql", "-- Does.\nCREATE TABLE IF NOT EXISTS t (\n  a int\n);\n",
            "create view v as\nselect 1\n\nfrom t;\n"
        ),
        ("a.php", "public static function f($a)\n{\n    return 1;\n}\n", "trait T\n{\n    public $a;\n}\n"),
        ("a.cs", "[Test]\npublic async Task<int> F(int a)\n{\n    return 1;\n}\n", "record R(int A);\n"),
        ("a.kt", "suspend fun f(a: Int): Int {\n    return a\n}\n", "data class D(val a: Int)\n"),
        ("a.scala", "def f(a: Int): Int = {\n  a\n}\n", "object O {\n  val a = 1\n}\n"),
    ])
    func `declarations without an empty line between them are told apart`(
        name: String, first: String, second: String
    ) async throws {
        let document = try await read(first + second, as: name)
        #expect(document.texts == [first, second].map { String($0.dropLast()) })
    }

    @Test(arguments: [
        ("a.swift", "public func hello() {", "hello"), ("a.swift", "extension A.B: C where D == E {", "A.B"),
        ("a.swift", "init(a: Int) {", "init"), ("a.swift", "static func == (a: A, b: A) -> Bool {", "=="),
        ("a.go", "func (r *T) Name() {", "Name"),
        ("a.rs", "impl<T: X> Display for Name<T> {", "Display for Name<T>"),
        ("a.cpp", "int A::b(int c) {", "A::b"), ("a.c", "struct point *find(int a) {", "find"),
        ("a.js", "const handle = (event) => {", "handle"), ("a.lua", "function a.b:c()", "a.b:c"),
        ("a.rb", "def self.call(x)", "self.call"), ("a.sql", "CREATE OR REPLACE VIEW main.v AS", "main.v"),
        ("a.rs", "macro_rules! name {", "name"),
    ])
    func `a declaration has the name people call it by`(file: String, code: String, name: String) throws {
        guard case .code(let language) = DocumentFormat.ofName(file) else { return #expect(Bool(false)) }
        #expect(Declaration(CodeTokens(Array(code.utf8)[...]), in: language)?.name == name)
    }

    @Test(arguments: [
        ("a.c", "if (a) {"), ("a.c", "int a = f(b);"), ("a.js", "foo.bar(function() {"),
        ("a.swift", "let a = b(c) {"),
        ("a.java", "return f(a) {"), ("a.sh", "if test; then"), ("a.py", "print(x)"),
    ])
    func `statements declare nothing`(file: String, code: String) throws {
        guard case .code(let language) = DocumentFormat.ofName(file) else { return #expect(Bool(false)) }
        #expect(Declaration(CodeTokens(Array(code.utf8)[...]), in: language) == nil)
    }

    @Test func `a name's ending is looked for before the query of an address, and of nothing else`() {
        for address in ["https://a.example/a.py?x=b.c", "HTTP://a.example/a.py#b.c"] {
            guard case .code(let language)? = DocumentFormat.ofName(address) else {
                Issue.record("\(address): no code")
                continue
            }
            #expect(language == CodeLanguage.byEnding["py"])
        }
        guard case .code(let language)? = DocumentFormat.ofName("a/b://../what?.py") else {
            Issue.record("no code")
            return
        }
        #expect(language == CodeLanguage.byEnding["py"])
    }

    @Test func `strings and comments of several lines do not end a function`() async throws {
        let python = "def f():\n    x = \"\"\"\ntext at the margin\n\ndef no():\n\"\"\"\n    return x\n"
        #expect(try await read(python, as: "a.py").blocks.count == 1)
        let swift = "func f() {\n    /*\nfunc no() {}\n    */\n    g()\n}\n"
        #expect(try await read(swift, as: "a.swift").blocks.count == 1)
    }

    @Test func `a long function is several blocks, the later ones under its name`() async throws {
        let body = String(repeating: Self.filler + "\n\n", count: 4)
        let document = try await read("func long() {\n\(body)}\n", as: "a.swift")
        #expect(document.blocks.count > 1)
        #expect(document.blocks.first?.headings == [])
        #expect(document.blocks.dropFirst().allSatisfy { $0.headings == ["long"] })
    }

    @Test func `configuration is read by its empty lines`() async throws {
        let document = try await read("# one\na: 1\nb:\n  - 2\n\nc: 3\n", as: "a.yaml")
        #expect(document.texts == ["# one\na: 1\nb:\n  - 2", "c: 3"])
    }

    @Test(
        arguments: [
            "a.c", "a.py", "a.sql", "a.rb", "a.js", "a.swift", "a.xml",
        ], ["{", "}\n", "\n", "/*", "\"\"\"", "(", "a(", "#\n", "class a {\n", " \n", "x,\n"])
    func `megabytes of one mark do not take long`(name: String, mark: String) async throws {
        let text = String(repeating: mark, count: 300_000 / mark.utf8.count) + "x"
        #expect(try await read(text, as: name).isSound)
    }
}
