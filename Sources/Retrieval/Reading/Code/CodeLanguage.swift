/// What the reader of code has to know of a language.
package struct CodeLanguage: Sendable, Hashable {
    package enum Family: Sendable, Hashable {
        /// Declarations by keyword, bodies in braces: Swift, Go, Rust, Kotlin.
        case braces
        /// Functions without a keyword too: C, C++, Java, C#, JavaScript.
        case typed
        /// Bodies by indentation: Python.
        case indentation
        /// Bodies closed by a word: Ruby, Lua.
        case words
        case shell
        case sql
        /// No declarations: configuration, markup.
        case plain
    }

    package var family: Family
    var comments: Comments
    /// Bytes that begin and end a string over several lines when there are three of them, or one.
    var longQuotes: LongQuotes

    enum Comments: Sendable, Hashable {
        /// `//` and `/* */`.
        case slashes
        case hash
        /// `--`
        case dashes
        /// `;`
        case semicolon
        /// `%`
        case percent
        /// `/* */` and `--`.
        case sql
        case none
    }

    struct LongQuotes: OptionSet, Sendable, Hashable {
        let rawValue: Int
        static let tripleDouble = LongQuotes(rawValue: 1)
        static let tripleSingle = LongQuotes(rawValue: 2)
        static let backtick = LongQuotes(rawValue: 4)
        /// PostgreSQL's.
        static let dollars = LongQuotes(rawValue: 8)
    }

    init(_ family: Family, _ comments: Comments, _ longQuotes: LongQuotes = []) {
        self.family = family
        self.comments = comments
        self.longQuotes = longQuotes
    }

    /// Of a file name's ending, in small letters.
    static let byEnding: [String: CodeLanguage] = {
        var languages: [String: CodeLanguage] = [:]
        func add(_ endings: String, _ language: CodeLanguage) {
            for ending in endings.split(separator: " ") { languages[String(ending)] = language }
        }
        add("swift kt kts scala sc groovy gradle", CodeLanguage(.braces, .slashes, .tripleDouble))
        add("go", CodeLanguage(.braces, .slashes, .backtick))
        add("rs zig proto thrift graphql v sv", CodeLanguage(.braces, .slashes))
        add("c cc cpp cxx h hh hpp hxx ino cu cuh m mm glsl hlsl metal d", CodeLanguage(.typed, .slashes))
        add("cs java dart", CodeLanguage(.typed, .slashes, [.tripleDouble, .tripleSingle]))
        add("js jsx mjs cjs ts tsx mts cts vue svelte", CodeLanguage(.typed, .slashes, .backtick))
        add("php", CodeLanguage(.braces, .slashes))
        add("css scss sass less", CodeLanguage(.plain, .slashes))
        add("py pyi pyw pyx bzl star", CodeLanguage(.indentation, .hash, [.tripleDouble, .tripleSingle]))
        add("nim coffee", CodeLanguage(.indentation, .hash, .tripleDouble))
        add("rb rake gemspec cr", CodeLanguage(.words, .hash))
        add("jl ex exs", CodeLanguage(.words, .hash, .tripleDouble))
        add("lua", CodeLanguage(.words, .dashes))
        add("f f90 f95 vb bas pas pp adb ads", CodeLanguage(.words, .none))
        add("sh bash zsh ksh fish bats", CodeLanguage(.shell, .hash))
        add("pl pm", CodeLanguage(.braces, .hash))
        add("r", CodeLanguage(.braces, .hash))
        add("ps1 psm1", CodeLanguage(.braces, .hash))
        add("sql ddl", CodeLanguage(.sql, .sql, .dollars))
        add("hs elm purs", CodeLanguage(.plain, .dashes))
        add("ml mli fs fsi fsx", CodeLanguage(.plain, .slashes))
        add("clj cljs cljc edn lisp lsp cl el scm rkt asm s", CodeLanguage(.plain, .semicolon))
        add("erl hrl", CodeLanguage(.plain, .percent))
        add("yaml yml toml ini cfg conf properties env service tf hcl nix cmake mk ninja", CodeLanguage(.plain, .hash))
        add("xml xsd xsl xslt svg plist storyboard xib wsdl rss atom", CodeLanguage(.plain, .none))
        add("diff patch bat cmd vim awk sed tcl", CodeLanguage(.plain, .none))
        return languages
    }()

    /// Of whole file names, in small letters.
    static let byName: [String: CodeLanguage] = [
        "makefile": CodeLanguage(.plain, .hash), "gnumakefile": CodeLanguage(.plain, .hash),
        "dockerfile": CodeLanguage(.plain, .hash), "containerfile": CodeLanguage(.plain, .hash),
        "cmakelists.txt": CodeLanguage(.plain, .hash), "rakefile": CodeLanguage(.words, .hash),
        "gemfile": CodeLanguage(.words, .hash), "jenkinsfile": CodeLanguage(.braces, .slashes),
        ".gitignore": CodeLanguage(.plain, .hash), ".gitattributes": CodeLanguage(.plain, .hash),
        ".editorconfig": CodeLanguage(.plain, .hash), ".bashrc": CodeLanguage(.shell, .hash),
        ".zshrc": CodeLanguage(.shell, .hash), ".profile": CodeLanguage(.shell, .hash),
    ]

    /// Of the program that a first line `#!/usr/bin/env python3` names.
    static func ofInterpreter(_ line: String) -> CodeLanguage? {
        let endings = [
            "python": "py", "bash": "sh", "zsh": "sh", "ksh": "sh", "dash": "sh", "fish": "fish", "node": "js",
            "deno": "ts", "ruby": "rb", "perl": "pl", "php": "php", "lua": "lua", "swift": "swift", "Rscript": "r",
            "julia": "jl", "sh": "sh",
        ]
        let program = line.split(whereSeparator: { $0 == "/" || $0 == " " }).reversed().first { word in
            endings.keys.contains { word.hasPrefix($0) }
        }
        guard let program else { return nil }
        let found = endings.keys.filter { program.hasPrefix($0) }.max { $0.count < $1.count }
        return found.flatMap { endings[$0] }.flatMap { byEnding[$0] }
    }
}
