import Core
import DataFiles
import ScriptedModels

@testable import Guided
@testable import Understanding

/// A tool of a data file, by whose name (`tool`) the cases of other files speak of it.
///
///     {"tool": "weather", "does": "Tells the weather.", "parameters": [["city", {"type": "string"}]], "required": ["city"]}
///
/// One with a `path` is a plugin's. `results` are names of what it tells, of which `numbers` are numbers.
struct ToolLine: Decodable {
    var tool: String
    var does: String
    var method: String?
    var path: String?
    /// Of a tool without a method: whether it changes something.
    var changes: Bool?
    var isList: Bool?
    var parameters: [JSONValue]?
    var required: [String]?
    var results: [String]?
    var numbers: [String]?
    var examples: [String]?

    static func tools(_ name: String) throws -> [String: Tool] {
        let lines: [ToolLine] = try DataLines.read(name, beside: #filePath)
        return Dictionary(uniqueKeysWithValues: lines.map { ($0.tool, $0.made) })
    }

    private var made: Tool {
        let pairs = (parameters ?? []).compactMap(\.array).compactMap { pair in
            pair.first?.string.map { ($0, pair.last ?? [:]) }
        }
        return Tool(
            plugin: "shop", operation: tool, description: does,
            parameters: [
                "type": "object", "required": .array((required ?? []).map(JSONValue.string)),
                "properties": .object(JSONObject(pairs)),
            ],
            parameterOrder: pairs.map(\.0), isReadOnly: (method ?? "GET") == "GET" && changes != true,
            examples: (examples ?? []).map { Tool.Example(question: $0, arguments: [:]) },
            results: (results ?? []).map {
                Tool.ResultProperty(name: $0, description: "", isNumber: (numbers ?? []).contains($0))
            }, returnsList: isList ?? false,
            origin: path.map {
                Tool.Origin(
                    title: "Shop", source: "s", server: "http://localhost", method: method ?? "GET", path: $0,
                    binding: [])
            })
    }
}

/// A question for a tool, read and filled as a turn does it.
struct FilledQuestion {
    static let today = "2026-11-23"

    let reading: QuestionReading
    let call: FilledCall

    init(_ question: String, for tool: Tool, with vectors: TextVectors = TextVectors(WordEmbedder())) async throws {
        reading = QuestionReading(question, today: Self.today, in: .english)
        let known = ToolReading(of: tool, in: .english)
        _ = try await vectors.embed(known.outline.texts)
        // Nothing is known of meanings: words decide, and no embedding model.
        let candidates = SlotFilling(tool: tool, reading: reading, slots: known.slots, meanings: Meanings())
            .candidates()
        call = FilledCall(
            tool: tool, reading: known, candidates: candidates, assignment: Assignment.best(known.slots, candidates)
        ).withBothEnds(reading)
    }

    /// The arguments of each call that is made, or what was said where something is missing.
    func arguments() async throws -> [JSONValue] {
        let question = reading.text.text(0..<reading.text.characters.count)
        let writer = ArgumentWriter(model: WordModel(), question: question, language: .english)
        guard call.unsaid.isEmpty else { return [writer.said(call)] }
        var all: [JSONValue] = []
        var usage = Usage()
        for rounds in CallSeries(call: call, reading: reading).rounds() {
            all.append(try await writer.arguments(of: call, rounds: rounds, usage: &usage))
        }
        return all
    }
}
