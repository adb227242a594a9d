import Core
import ScriptedModels
import Testing

@testable import ChatFormats

struct HermesTextTests {
    private let tools = [SomeTools.weather, SomeTools.add]
    private let oslo = PlannedCall(operation: "get_weather", arguments: ["city": "Oslo"])
    private let sum = PlannedCall(operation: "add", arguments: ["a": 1, "b": 2])

    @Test(arguments: [
        #"<tool_call>\#n{"name": "get_weather", "arguments": {"city": "Oslo"}}\#n</tool_call>"#,
        #"<tool_call>{"name": "get_weather", "arguments": {"city": "Oslo"}}"#,
        #"<tool_call>[{"name": "get_weather", "arguments": {"city": "Oslo"}}]</tool_call>"#,
        #"<tool_call>```json\#n{"name": "get_weather", "arguments": {"city": "Oslo"}}\#n```\#n</tool_call>"#,
        #"<tool_call>{"name": "get_weather", "parameters": {"city": "Oslo",},}</tool_call>"#,
        #"<tool_call>{"name": "get_weather", "arguments": "{\"city\": \"Oslo\"}"}</tool_call>"#,
        #"<tool_call>{"type": "function", "function": {"name": "get_weather", "arguments": {"city": "Oslo"}}}"#,
        #"{"name": "get_weather", "arguments": {"city": "Oslo"}}"#,
        #"```json\#n{"name": "get_weather", "arguments": {"city": "Oslo"}}\#n```"#,
    ])
    func `a call is read in the ways models write it`(written: String) {
        let read = HermesText(written, tools: tools)
        #expect(read.calls == [oslo])
        #expect(read.fault == nil)
        #expect(read.text.allSatisfy { $0.isWhitespace })
    }

    @Test func `several calls are read, and what stands around them stays text`() {
        let read = HermesText(
            """
            Let me see.
            <tool_call>
            {"name": "get_weather", "arguments": {"city": "Oslo"}}
            </tool_call>
            <tool_call>{"name": "add", "arguments": {"a": 1, "b": 2}}
            <tool_call>[{"name": "get_weather", "arguments": {"city": "</tool_call>"}}]</tool_call>Done.
            """, tools: tools)
        #expect(
            read.calls == [oslo, sum, PlannedCall(operation: "get_weather", arguments: ["city": "</tool_call>"])])
        #expect(read.before == "Let me see.\n")
        #expect(read.text.split(separator: "\n").map(String.init) == ["Let me see.", "Done."])
    }

    @Test(
        arguments: [
            ("<tool_call>Oslo, please</tool_call>", CallFormatError.Code.callUnreadable, nil),
            (#"<tool_call>{"name": "get_weather", "arguments": {"city": </tool_call>"#, .callUnreadable, "get_weather"),
            (#"<tool_call>{"name": "get_time", "arguments": {}}</tool_call>"#, .callUnknown, nil),
            (#"<tool_call>{"name": "get_weather", "arguments": {}}</tool_call>"#, .callInvalid, "get_weather"),
            (#"<tool_call>{"name": "add", "arguments": [1, 2]}</tool_call>"#, .callInvalid, "add"),
            (#"{"name": "add", "arguments": {"a": 1, "b": "#, .callUnreadable, "add"),
        ] as [(String, CallFormatError.Code, String?)])
    func `what is no call is kept as text, with an error that says why`(
        written: String, code: CallFormatError.Code, operation: String?
    ) {
        let read = HermesText(written, tools: tools)
        #expect(read.calls.isEmpty)
        #expect(read.text == written)
        #expect(read.fault?.code == code)
        #expect(read.fault?.operation == operation)
    }

    @Test(arguments: [
        #"{"name": "Ada", "born": 1815}"#, "Here:\n```swift\nlet a = 1\n```", "[1, 2, 3]", "", "Oslo is cold.",
        "```",
    ])
    func `an answer that happens to be JSON or code is no call`(written: String) {
        let read = HermesText(written, tools: tools)
        #expect(read.calls.isEmpty)
        #expect(read.fault == nil)
        #expect(read.text == written)
    }
}
