import Core
import Foundation
import Languages
import Testing

@testable import Understanding

/// Holds the files of languages to the schema, and the code to having no words of its own.
struct LanguageFileTests {
    @Test
    func `each language file has every member and no other, and its sentences have the places of the English ones`()
        throws
    {
        let files = try LanguageFiles.all()
        #expect(Set(files.keys).isSuperset(of: ["en.json", "test-language.json"]))
        for (name, data) in files { #expect(try LanguageFiles.problems(in: data) == [], "\(name)") }
    }

    @Test func `a member that is missing or not known is named, and so is a sentence with another place`() throws {
        let text = String(decoding: LanguageFiles.english, as: UTF8.self)
        func problems(_ old: String, _ new: String) throws -> [String] {
            #expect(text.contains(old))
            return try LanguageFiles.problems(in: Data(text.replacing(old, with: new).utf8))
        }
        #expect(try problems("\"pi\": [", "\"pie\": [") == ["numbers.pi is missing"])
        #expect(
            try problems("\"pi\": [", "\"tau\": [], \"pi\": [") == ["numbers.tau is not known"])
        #expect(try problems("\"monthFirst\": true", "\"monthFirst\": []") == ["dates.monthFirst is of another type"])
        #expect(
            try problems("step {number}", "step {count}") == [
                "answers.step has the places [\"count\"], not [\"number\"]"
            ])
    }

    @Test func `docs/adding-a-language.md describes every member`() throws {
        let page = String(decoding: LanguageFiles.file("docs/adding-a-language.md"), as: UTF8.self)
        let members = LanguageFiles.members(
            of: try JSONValue(parsing: String(decoding: LanguageFiles.english, as: UTF8.self)))
        // What stands below these is named by words of the language or by units.
        let tables = [
            "units.names.", "units.spellings.", "units.glued.", "numbers.values.", "numbers.likely.", "numbers.scales.",
            "numbers.ordinals.", "numbers.frequencies.", "dates.near.", "times.named.", "currencies.usual.",
            "names.regions.",
            "forms.irregular.", "slots.dimensions.", "doings.participles.",
        ]
        let documented = Set(members).filter { member in !tables.contains(where: member.hasPrefix) }
        for member in documented where !documented.contains(where: { $0.hasPrefix("\(member).") }) {
            // The rules of all themes are described once.
            let name =
                member.hasPrefix("themes.") ? member.split(separator: ".").prefix(2).joined(separator: ".") : member
            #expect(page.contains("`\(name)`"), "\(name)")
        }
    }

    @Test func `the words of a language are in lower case, and each verb does one thing`() throws {
        for (name, data) in try LanguageFiles.all() {
            let language = try JSONDecoder().decode(Language.self, from: data)
            let verbs = language.verbs
            let lists = [verbs.read, verbs.create, verbs.change, verbs.delete]
            #expect(lists.reduce(0) { $0 + $1.count } == lists.reduce(Set()) { $0.union($1) }.count, "\(name)")
            let words = language.words
            for list in lists + [
                language.questions.openings, words.binding, words.asking, words.plain, words.general, words.neverFirst,
            ] {
                #expect(!list.isEmpty && list.allSatisfy { $0 == $0.lowercased() }, "\(name)")
            }
            for (unit, names) in language.units.names {
                #expect(names.read.allSatisfy { $0 == $0.lowercased() }, "\(name): \(unit)")
            }
        }
    }

    @Test func `units that languages name are in the table, each once, and no sign is read for two`() throws {
        let names = UnitOfMeasure.all.map(\.name)
        #expect(Set(names).count == names.count)
        let symbols = UnitOfMeasure.all.flatMap(\.symbols)
        #expect(Set(symbols).count == symbols.count)
        for (name, data) in try LanguageFiles.all() {
            let language = try JSONDecoder().decode(Language.self, from: data)
            #expect(Set(language.units.names.keys).subtracting(names) == [], "\(name)")
            #expect(language.slots.dimensions.keys.allSatisfy { UnitDimension(rawValue: $0) != nil }, "\(name)")
        }
    }

    // MARK: The code

    @Test(arguments: ["Agent": 40, "Guided": 50, "Understanding": 20, "ChatFormats": 6])
    func `no list of words stands in the code`(module: String, files: Int) {
        let sources = LanguageFiles.sources(below: "Sources/\(module)")
        #expect(sources.count > files)
        for (path, source) in sources {
            let found = WordLiterals(in: source).lists.filter { !Self.isTechnical($0) }
            #expect(found == [] || Self.exempt.contains(path), "\(path): \(found)")
        }
    }

    @Test(
        arguments: [
            (#"let a = ["what", "which", "who"]"#, true), (#"let a = ["what", "which"]"#, false),
            (#"let a = "what which who""#, true), (##"let a = TextPattern(#"(?i)\b(what|which|who)\b"#)"##, true),
            (#"throw AgentError(.messageEmpty, "the message is empty")"#, false),
            (#"logger.info("it was not found", metadata: [:])"#, false), (#"// what which who"#, false),
            (#"let a = "\(what(which: "who")) says""#, false),
            ("let a = \"\"\"\n    what which\n    who\n    \"\"\"", true),
        ])
    func `lists of words are found in code, and messages of errors and logs are none`(code: String, isList: Bool) {
        #expect(WordLiterals(in: code).lists.isEmpty != isList)
    }

    /// What the code has by necessity: the words of a format that models were taught, and the reasons of an error.
    private static let exempt: Set = ["Hermes/HermesFormat.swift", "Filling/CallValidation.swift"]

    /// Words of JSON Schema, of file formats and of mathematics, which are the same in all languages.
    private static let technical: Set = [
        "type", "enum", "items", "description", "properties", "required", "string", "integer", "number", "boolean",
        "array",
        "object", "null", "if", "then", "else", "definitions", "pattern", "format", "json", "csv", "sin", "cos", "tan",
        "log", "ln", "exp", "sqrt", "km", "cm", "ft",
    ]

    private static func isTechnical(_ list: [String]) -> Bool { list.allSatisfy(technical.contains) }
}
