import Core
import Foundation
import Languages
import Understanding

/// What a tool is about, however a question is put: enough to find the few of many that a question may be meant for.
struct ToolOutline: Sendable {
    /// In words.
    var subject: String
    var name: String
    /// All that says what it is about: the API, the path, what it needs and what it tells.
    var whole: String
    /// Of all that is said of the tool and its parameters.
    var stems: Set<String>
    /// Of the names of what it tells, and of these with their descriptions.
    var resultNames: Set<String>
    var resultStems: Set<String>
    /// What it is about, by its path or its name: stems, the innermost last.
    var nouns: [String]
    /// What it tells, a text each, the outermost first; and the stems of the names of the numbers among it.
    var properties: [String]
    var numbers: Set<String>
    /// The sentences and the quoted phrases of its description, and its name as words.
    var anchors: [AnchorIndex.Anchor]
    /// The texts that questions are compared with.
    var texts: [String]
    /// What it does to what it is about; nil where nothing says so.
    var action: Action?

    init(of tool: Tool, in language: QuestionLanguage) {
        let slots = Slot.all(of: tool, in: language)
        let stem = language.stem
        let calls = language.words.prompts.calls
        name = Stem.words(in: tool.operation).joined(separator: " ")
        let parameters = slots.map { Stem.words(in: $0.name).joined(separator: " ") }.joined(separator: ", ")
        subject = "\(name). \(tool.description) \(parameters)"
        let results = tool.results.prefix(Self.mostResults)
        let told = results.map { Stem.words(in: $0.name).joined(separator: " ") }.joined(separator: ", ")
        whole = [
            tool.origin.map { "\($0.title): \($0.method) \($0.path)" } ?? name,
            String(tool.description.prefix(Self.mostDescription)),
            parameters.isEmpty ? "" : calls.takes(["parameters": parameters]),
            told.isEmpty ? "" : calls.gives(["results": told]),
        ].filter { !$0.isEmpty }.joined(separator: " ")
        resultNames = Set(tool.results.flatMap { stem.all(in: $0.name) })
        resultStems = resultNames.union(tool.results.flatMap { stem.all(in: $0.description) })
        action = Self.action(of: tool, in: language)
        nouns = Self.nouns(of: tool, in: language)
        properties = tool.results.prefix(Self.mostProperties).map { property in
            let name = Stem.words(in: property.name).joined(separator: " ")
            let first = property.description.prefix { $0 != "." && $0 != "\n" }.prefix(80)
            return first.isEmpty ? name : "\(name): \(first)"
        }
        numbers = Set(tool.results.filter(\.isNumber).flatMap { stem.all(in: $0.name) })
        anchors = Self.anchors(of: tool, named: name).prefix(Self.mostAnchors)
            .map { AnchorIndex.Anchor($0, in: language) }
        texts =
            [subject, name, tool.description, whole] + properties + anchors.flatMap(\.texts)
            + slots.filter(\.isOfTexts).map(Meanings.subject)
            + tool.examples.prefix(Self.mostExamples).flatMap { AnchorIndex.Anchor($0.question, in: language).texts }
        let said =
            [subject, whole] + slots.compactMap { $0.schema["description"]?.string } + tool.results.map(\.description)
        stems = Set(said.flatMap(stem.all))
    }
}

extension ToolOutline {
    /// The embedding model reads some 250 tokens; what comes first says most.
    private static let mostDescription = 400
    private static let mostResults = 24
    private static let mostProperties = 12
    /// Of a long list the beginning counts.
    fileprivate static let mostExamples = 48

    private static func nouns(of tool: Tool, in language: QuestionLanguage) -> [String] {
        guard let path = tool.origin?.path else {
            return Stem.words(in: tool.operation).filter { language.common.isTelling($0) && $0.count > 1 }.map(
                language.stem.of)
        }
        let segments = path.split(separator: "/").filter { !$0.contains("{") }
        return segments.flatMap { Stem.words(in: String($0)) }
            .filter {
                $0.contains(where: \.isLetter) && $0.count > 1 && !language.words.documents.pathWords.contains($0)
            }.map(language.stem.of)
    }

    private static let mostAnchors = 8
    private static let quotation = TextPattern(#"["“]([^"”]{8,120})["”],?"#)

    private static func anchors(of tool: Tool, named name: String) -> [String] {
        let description = String(tool.description.prefix(4 * mostDescription))
        let quoted = quotation.matches(in: description).map { String($0.text(1)) }
        let sentences = quotation.replacing(in: description, with: "").split { ".\n;".contains($0) }
            .map { $0.trimmingCharacters(in: .whitespaces) }.filter { $0.count > 12 }
        return [name] + sentences + quoted
    }

    /// By the method of its request, or by the verb its name begins with.
    private static func action(of tool: Tool, in language: QuestionLanguage) -> Action? {
        switch tool.origin?.method {
        case "GET", "HEAD": .read
        case "PUT", "PATCH": .change
        case "DELETE": .delete
        case "POST":
            // Some searches are sent as a body.
            Stem.words(in: tool.operation).lazy.compactMap(language.action).first ?? .create
        default: Stem.words(in: tool.operation).first.flatMap(language.action)
        }
    }
}

/// What is read in a tool's description to fill its arguments.
struct ToolReading: Sendable {
    var slots: [Slot]
    var outline: ToolOutline
    /// Of its example questions.
    var asked: [AnchorIndex.Anchor]

    var subject: String { outline.subject }
    var name: String { outline.name }

    init(of tool: Tool, in language: QuestionLanguage) {
        self.init(of: tool, ToolOutline(of: tool, in: language), language)
    }

    fileprivate init(of tool: Tool, _ outline: ToolOutline, _ language: QuestionLanguage) {
        slots = Slot.all(of: tool, in: language)
        self.outline = outline
        asked = tool.examples.prefix(ToolOutline.mostExamples).map { AnchorIndex.Anchor($0.question, in: language) }
    }
}

/// The readings of tools: reading a description takes milliseconds. Of all registered tools there are outlines; slots take
/// more room, and are there of the tools that were looked at last.
final class ToolReadings: Sendable {
    let outlines: ToolMemory<ToolOutline>
    private let readings: ToolMemory<ToolReading>

    /// - Parameter language: of the tools' descriptions.
    init(in language: QuestionLanguage) {
        let outlines = ToolMemory<ToolOutline>(most: 1024) { ToolOutline(of: $0, in: language) }
        self.outlines = outlines
        readings = ToolMemory(most: 128) { ToolReading(of: $0, outlines.value(of: $0), language) }
    }

    func reading(of tool: Tool) -> ToolReading { readings.value(of: tool) }
}
