import Core
import Testing

@testable import Gateway

/// Results are matched with calls whatever clients make of identifiers.
struct CallIdentifierTests {
    private static func results(_ ids: [(call: String, result: String)]) -> [String?] {
        var conversation = Conversation()
        conversation.add(.user, "Weather?")
        for (index, id) in ids.enumerated() { conversation.addCall(id: id.call, name: "f\(index)", arguments: "{}") }
        for (index, id) in ids.enumerated() {
            let isKnown = conversation.addResult(id: id.result, "r\(index)")
            #expect(isKnown)
        }
        guard case .calls(let calls)? = conversation.dialog.last else { return [] }
        return calls.map(\.result)
    }

    @Test func `equal and empty identifiers are matched by order, others by themselves`() {
        #expect(Self.results([("call_0", "call_0"), ("call_0", "call_0")]) == ["r0", "r1"])
        #expect(Self.results([("", ""), ("", "")]) == ["r0", "r1"])
        #expect(Self.results([("", "x"), ("", "y")]) == ["r0", "r1"])
        #expect(Self.results([("x", ""), ("y", "")]) == ["r0", "r1"])
        #expect(Self.results([("a", "b"), ("b", "a")]) == ["r1", "r0"])
    }

    @Test func `an identifier that every round uses again means the newest round`() {
        var conversation = Conversation()
        conversation.add(.user, "Weather?")
        conversation.addCall(id: "call_0", name: "old", arguments: "{}")
        conversation.add(.assistant, "It failed; once more.")
        conversation.addCall(id: "call_0", name: "new", arguments: "{}")
        let isKnown = conversation.addResult(id: "call_0", "fog")
        #expect(isKnown)
        #expect(
            conversation.dialog.compactMap { item in
                if case .calls(let calls) = item { calls } else { nil as [MadeCall]? }
            }
                == [
                    [MadeCall(operation: "old", arguments: "{}")],
                    [MadeCall(operation: "new", arguments: "{}", result: "fog")],
                ])
    }

    @Test func `a second part of a result is added to it, and one of no call is refused`() {
        var conversation = Conversation()
        conversation.addCall(id: "a", name: "f", arguments: "{}")
        for part in ["one", "two"] {
            let isKnown = conversation.addResult(id: "a", part)
            #expect(isKnown)
        }
        #expect(conversation.dialog == [.calls([MadeCall(operation: "f", arguments: "{}", result: "one\ntwo")])])
        let isKnown = conversation.addResult(id: "b", "three")
        #expect(!isKnown)
    }
}
