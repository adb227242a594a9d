import Core
import Foundation
import Languages

@testable import Understanding

/// The language files there are: those that are shipped, and the test language.
enum LanguageFiles {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static let english = file("Sources/Languages/Resources/en.json")

    /// By their names, the files of languages.
    static func all() throws -> [String: Data] {
        let folder = "Sources/Languages/Resources"
        let names = try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path)
        var files = ["test-language.json": Data(PackageResources.test_language_json)]
        // A language's file is named by its code; the others are tables of their own.
        for name in names where name.hasSuffix(".json") && name.prefix(while: { $0 != "." }).count == 2 {
            files[name] = file("\(folder)/\(name)")
        }
        return files
    }

    static func file(_ path: String) -> Data {
        (try? Data(contentsOf: root.appendingPathComponent(path))) ?? Data()
    }

    /// The Swift files below a folder, by their paths.
    static func sources(below folder: String) -> [String: String] {
        let base = root.appendingPathComponent(folder)
        let paths = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []
        return Dictionary(
            paths.filter { $0.hasSuffix(".swift") }.map {
                ($0, String(decoding: file("\(folder)/\($0)"), as: UTF8.self))
            }, uniquingKeysWith: { first, _ in first })
    }

    // MARK: The schema

    /// What is wrong with a language file: a member that is missing, is of another type or is not known. The schema is what
    /// `Language` has.
    static func problems(in data: Data) throws -> [String] {
        let language: Language
        do {
            language = try JSONDecoder().decode(Language.self, from: data)
        } catch DecodingError.keyNotFound(let key, let context) {
            return ["\(path(context.codingPath + [key])) is missing"]
        } catch DecodingError.typeMismatch(_, let context) {
            return ["\(path(context.codingPath)) is of another type"]
        }
        let written = try JSONValue(parsing: String(decoding: data, as: UTF8.self))
        let known = try JSONValue(parsing: String(decoding: try JSONEncoder().encode(language), as: UTF8.self))
        return Set(members(of: written)).subtracting(members(of: known)).sorted().map { "\($0) is not known" }
            + places(of: language)
    }

    private static func path(_ keys: [any CodingKey]) -> String { keys.map(\.stringValue).joined(separator: ".") }

    /// The paths of all members of objects.
    static func members(of value: JSONValue, at path: String = "") -> [String] {
        if let items = value.array { return items.flatMap { members(of: $0, at: path) } }
        guard let object = value.object else { return [] }
        return object.flatMap { name, member in
            let path = path.isEmpty ? name : "\(path).\(name)"
            return [path] + members(of: member, at: path)
        }
    }

    /// Sentences that say something else than the English ones do.
    private static func places(of language: Language) -> [String] {
        func phrases(of value: Any, at path: String) -> [(path: String, phrase: Phrase)] {
            if let phrase = value as? Phrase { return [(path, phrase)] }
            return Mirror(reflecting: value).children.flatMap { child in
                child.label.map { phrases(of: child.value, at: "\(path).\($0)") } ?? []
            }
        }
        func all(_ language: Language) -> [(path: String, phrase: Phrase)] {
            phrases(of: language.answers, at: "answers") + phrases(of: language.prompts, at: "prompts")
                + phrases(of: language.followUps, at: "followUps")
        }
        return zip(all(language), all(.english)).compactMap { own, english in
            own.phrase.places == english.phrase.places
                ? nil
                : "\(own.path) has the places \(own.phrase.places.sorted()), not \(english.phrase.places.sorted())"
        }
    }
}
