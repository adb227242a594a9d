import Core
import Foundation
import Grammar

/// What a model wrote, taken apart. What is no call stays text, also where it was meant as one.
struct HermesText: Sendable {
    private(set) var text = ""
    private(set) var calls: [PlannedCall] = []
    /// Why something that was meant as a call is none; the first of them.
    private(set) var fault: CallFormatError?
    /// What stands before the first call, or before what was meant as one.
    private(set) var before = ""

    private let tools: [Tool]
    /// Whether arguments were held to their schema while they were written.
    private let isHeld: Bool

    init(_ written: String, tools: [Tool], isHeld: Bool = false) {
        self.tools = tools
        self.isHeld = isHeld
        if let first = written.range(of: HermesFormat.opening) {
            before = String(written[..<first.lowerBound])
            readTags(Substring(written))
        } else {
            readBare(written)
        }
    }

    // MARK: Between tags

    private mutating func readTags(_ written: Substring) {
        var rest = written
        while let open = rest.range(of: HermesFormat.opening) {
            text += rest[..<open.lowerBound]
            let body = rest[open.upperBound...]
            let json = LooseJSON.read(body)
            // A string in the JSON may hold a tag.
            let inside = json?.rest ?? body
            let closing = inside.range(of: HermesFormat.closing)
            let next = inside.range(of: HermesFormat.opening)?.lowerBound ?? inside.endIndex
            let isClosed = closing.map { $0.lowerBound <= next } ?? false
            let end = isClosed ? closing?.upperBound ?? next : next
            let raw = rest[open.lowerBound..<end]
            do throws(CallFormatError) {
                guard let json else { throw Self.unreadable(Self.name(in: body, tools)) }
                calls += try read(json.value)
                // What stands between a call and its closing tag is lost on nobody; without that tag it is text.
                if !isClosed { text += json.rest[..<next] }
            } catch {
                fault = fault ?? error
                text += raw
            }
            rest = rest[end...]
        }
        text += rest
    }

    // MARK: Without tags

    /// Some models write a call as nothing but JSON, or in a code fence. Other JSON is an answer.
    private mutating func readBare(_ written: String) {
        let start = written.firstIndex { !$0.isWhitespace } ?? written.endIndex
        let isJSON = written[start...].first == "{" || written[start...].first == "["
        let place = isJSON ? start : written.range(of: "```")?.lowerBound
        guard let place, let operation = Self.name(in: written[place...], tools) else {
            (text, before) = (written, written)
            return
        }
        before = String(written[..<place])
        do throws(CallFormatError) {
            guard let json = LooseJSON.read(written[place...]) else { throw Self.unreadable(operation) }
            calls = try read(json.value)
            text = before + json.rest
        } catch {
            fault = error
            text = written
        }
    }

    /// The tool that a text which begins with a call names.
    private static func name(in text: Substring, _ tools: [Tool]) -> String? {
        guard let name = nameMember.firstMatch(in: text.prefix(mostBeforeName))?[1] else { return nil }
        return tools.first { $0.operation == name }?.operation
    }

    /// Characters of a call in which its tool's name stands.
    private static let mostBeforeName = 1000
    private static let nameMember = TextPattern(
        #"^[\s`a-z_]*[\[{\s]*(?:"type"\s*:\s*"function"\s*,\s*)?(?:"function"\s*:\s*\{\s*)?"name"\s*:\s*"([^"]*)""#)

    // MARK: A call

    private func read(_ value: JSONValue) throws(CallFormatError) -> [PlannedCall] {
        if let list = value.array {
            var calls: [PlannedCall] = []
            for item in list { calls += try read(item) }
            return calls
        }
        let function = value["function"]?.object == nil ? value : value["function"] ?? value
        guard let name = function["name"]?.string else { throw Self.unreadable(nil) }
        guard let tool = tools.first(where: { $0.operation == name }) else {
            let known = tools.prefix(8).map(\.operation).joined(separator: ", ")
            throw CallFormatError(.callUnknown, "there is no tool named \"\(name)\"; call one of \(known)")
        }
        var arguments = function["arguments"] ?? function["parameters"] ?? [:]
        if let text = arguments.string, let inner = try? JSONValue(parsing: text) { arguments = inner }
        if arguments == .null { arguments = [:] }
        let verdict = SchemaValidator.verdict(on: arguments, of: tool.parameters)
        guard arguments.object != nil, verdict.problems.isEmpty, isHeld || verdict.unchecked.isEmpty else {
            throw CallFormatError(
                .callInvalid, "the arguments of \(name) do not fit its schema; write them as it says", operation: name)
        }
        return [PlannedCall(operation: name, arguments: arguments)]
    }

    private static func unreadable(_ operation: String?) -> CallFormatError {
        CallFormatError(
            .callUnreadable,
            "what the model wrote as a call\(operation.map { " of \($0)" } ?? "") is no JSON object with name and arguments",
            operation: operation)
    }
}
