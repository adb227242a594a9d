import Core
import Foundation
import SquireProtocol
import Testing

/// The JSON of what the daemon's results and events hold, name by name: clients in other languages rest on it.
struct WireFormatTests {
    private let time = Date(timeIntervalSince1970: 1_795_412_442)

    /// Checks the text that a value becomes, and that it comes back from it.
    private func check<Value: Codable & Equatable>(_ value: Value, _ text: String) throws {
        #expect(try JSONValue(encoding: value).text == text)
        #expect(try JSONValue(parsing: text).decode(Value.self) == value)
    }

    @Test func `a question has what it needs, and nothing stands for what it lacks`() throws {
        try check(
            WireMessage(id: "1", parent: nil, role: .user, text: "é", createdAt: time),
            #"{"citations":[],"createdAt":"2026-11-23T05:40:42Z","id":"1","role":"user","steps":[],"text":"é"}"#)
    }

    @Test func `an answer has its steps, citations, support, context and figures`() throws {
        let message = WireMessage(
            id: "2", parent: "1", role: .assistant, text: "Yes. [1]", createdAt: time,
            citations: [WireCitation(number: 1, source: "almanac", title: "a.b", location: "step 1", quote: "Yes.")],
            steps: [
                WireStep(plugin: "a", operation: "b", arguments: ["c": 1], status: .ok, result: true, seconds: 0.5)
            ],
            finishReason: .steps,
            usage: WireUsage(promptTokens: 3, cachedTokens: 2, completionTokens: 1, droppedTurns: 4),
            timings: WireTimings(firstTokenSeconds: 0.25, totalSeconds: 1.5),
            context: WireContext(
                size: 512,
                parts: WireContext.Parts(
                    instructions: 1, tools: 2, passages: 3, history: 4, results: 5, question: 6, answer: 7),
                leftOut: [
                    WireContext.Omission(part: .history, what: "2 messages", tokens: 9, turns: 1),
                    WireContext.Omission(part: .passages, what: "the last", tokens: 8),
                ]),
            support: [
                WireSupport(text: "Yes.", from: .step, number: 1), WireSupport(text: "Or no.", from: .model),
            ])
        let parts =
            #"{"answer":7,"history":4,"instructions":1,"passages":3,"question":6,"results":5,"tools":2}"#
        try check(
            message,
            #"{"citations":[{"location":"step 1","number":1,"quote":"Yes.","source":"almanac","title":"a.b"}],"#
                + #""context":{"leftOut":[{"part":"history","tokens":9,"turns":1,"what":"2 messages"},"#
                + #"{"part":"passages","tokens":8,"what":"the last"}],"parts":"# + parts + #","size":512},"#
                + #""createdAt":"2026-11-23T05:40:42Z","finishReason":"steps","id":"2","parent":"1","role":"assistant","#
                + #""steps":[{"arguments":{"c":1},"operation":"b","plugin":"a","result":true,"seconds":0.5,"status":"ok"}],"#
                + #""support":[{"from":"step","number":1,"text":"Yes."},{"from":"model","text":"Or no."}],"#
                + #""text":"Yes. [1]","timings":{"firstTokenSeconds":0.25,"totalSeconds":1.5},"#
                + #""usage":{"cachedTokens":2,"completionTokens":1,"droppedTurns":4,"promptTokens":3}}"#)
    }

    @Test func `a step that runs has no status, and one that failed has what failed and the kind of it`() throws {
        try check(
            WireStep(plugin: "a", operation: "b", arguments: [:]), #"{"arguments":{},"operation":"b","plugin":"a"}"#)
        try check(
            WireStep(
                plugin: "a", operation: "b", arguments: [:], status: .error, error: "no", errorKind: .unreachable,
                seconds: 2),
            #"{"arguments":{},"error":"no","errorKind":"unreachable","operation":"b","plugin":"a","seconds":2,"status":"error"}"#
        )
    }

    @Test func `an event has the request's id, its type and what belongs to that`() throws {
        try check(
            AssistantEvent.Parameters(request: "q1", type: .token, text: "Hi"),
            #"{"request":"q1","text":"Hi","type":"token"}"#)
        try check(
            AssistantEvent.Parameters(request: 7, type: .progress, text: "a.md", done: 1, total: 2),
            #"{"done":1,"request":7,"text":"a.md","total":2,"type":"progress"}"#)
        try check(
            AssistantEvent.Parameters(
                request: 7, type: .toolCall, step: WireStep(plugin: "a", operation: "b", arguments: [:])),
            #"{"request":7,"step":{"arguments":{},"operation":"b","plugin":"a"},"type":"toolCall"}"#)
        try check(
            AssistantEvent.Parameters(request: 7, type: .queued, position: 3),
            #"{"position":3,"request":7,"type":"queued"}"#)
    }

    @Test func `a conversation, and a message that was found, are told with ISO 8601 times`() throws {
        try check(
            WireConversation(id: "c", title: "T", createdAt: time, updatedAt: time, messageCount: 2),
            #"{"createdAt":"2026-11-23T05:40:42Z","id":"c","messageCount":2,"title":"T","updatedAt":"2026-11-23T05:40:42Z"}"#
        )
        try check(
            ConversationSearch.FoundMessage(
                conversation: "c", title: "T", message: "m", role: .assistant, createdAt: time, text: "moon"),
            #"{"conversation":"c","createdAt":"2026-11-23T05:40:42Z","message":"m","role":"assistant","text":"moon","title":"T"}"#
        )
    }

    @Test func `a trace says what was weighed, and log-probabilities what else was likely`() throws {
        try check(
            AssistantAsk.TraceEntry(
                stage: "route", prompt: "p", candidates: [.init(text: "a.b", score: 0.5)], output: "a.b", seconds: 2),
            #"{"candidates":[{"score":0.5,"text":"a.b"}],"output":"a.b","prompt":"p","seconds":2,"stage":"route"}"#)
        let token = ModelComplete.LogProbabilities.Alternative(token: 3, text: "a", logProbability: -0.5)
        let part = ModelComplete.LogProbabilities.Alternative(
            token: 4, text: "\u{FFFD}", logProbability: -2, bytes: [0xE2])
        try check(
            ModelComplete.LogProbabilities(chosen: token, likeliest: [part]),
            #"{"chosen":{"logProbability":-0.5,"text":"a","token":3},"#
                + #""likeliest":[{"bytes":[226],"logProbability":-2,"text":"\#u{FFFD}","token":4}]}"#)
    }

    @Test func `what a request chooses is a word, a list of names or a named tool`() throws {
        try check([WireNameSelection.auto, .named([]), .named(["a", "b"])], #"["auto",[],["a","b"]]"#)
        try check(
            [ModelCall.ToolChoice.auto, .none, .required, .named("f")], #"["auto","none","required",{"name":"f"}]"#)
        try check(DocumentSearch.Parameters(query: "q", method: .words), #"{"method":"words","query":"q"}"#)
        try check(
            ToolApprove.Result(decision: .always, expires: time),
            #"{"decision":"always","expires":"2026-11-23T05:40:42Z"}"#)
    }

    @Test(arguments: [#""all""#, "1", #"{"names":[]}"#])
    func `a choice that there is not is refused`(_ text: String) {
        #expect(throws: DecodingError.self) { try JSONValue(parsing: text).decode(WireNameSelection.self) }
        #expect(throws: DecodingError.self) { try JSONValue(parsing: text).decode(ModelCall.ToolChoice.self) }
    }
}
