import Core
import Foundation
import Testing

@testable import Guided
@testable import Understanding

/// What the fitted weights hold, and what is wanted.
struct ChoosingTests {
    @Test func `every weight is one of a figure there is`() {
        for weights in [FittedWeights.current.plugins, FittedWeights.current.client] {
            #expect(!weights.weights.isEmpty)
            #expect(Set(weights.weights.keys).isSubset(of: Set(ToolEvidence.Name.allCases.map(\.rawValue))))
        }
    }
}

/// What speaks for a tool.
struct ToolEvidenceTests {
    private func tool(_ method: String, _ path: String, returnsList: Bool = false) -> Tool {
        Tool(
            plugin: "shop", operation: "op", description: "", parameters: ["type": "object"], parameterOrder: [],
            isReadOnly: method == "GET",
            results: [Tool.ResultProperty(name: "follower_count", description: "", isNumber: true)],
            returnsList: returnsList,
            origin: Tool.Origin(
                title: "Shop", source: "s", server: "http://localhost", method: method, path: path, binding: []))
    }

    private func evidence(_ question: String, _ tool: Tool) -> ToolEvidence {
        let reading = ToolReading(of: tool, in: .english)
        let call = FilledCall(tool: tool, reading: reading, candidates: [], assignment: Assignment())
        return ToolEvidence(call, QuestionReading(question, today: "2026-11-29", in: .english))
    }

    @Test func `a question speaks against what changes something, and an order against what reads`() {
        #expect(evidence("Which orders are late?", tool("POST", "/orders"))[.changesUnasked] == 1)
        #expect(evidence("Which orders are late?", tool("GET", "/orders"))[.changesUnasked] == 0)
        #expect(evidence("Cancel order 7", tool("GET", "/orders"))[.readsOrder] == 1)
        #expect(evidence("Cancel order 7", tool("DELETE", "/orders"))[.sameAction] == 1)
        #expect(evidence("Cancel order 7", tool("PUT", "/orders"))[.otherAction] == 1)
    }

    @Test func `several things are asked of what gives a list`() {
        #expect(evidence("Show me the orders", tool("GET", "/orders", returnsList: true))[.pluralOfList] == 1)
        #expect(evidence("Show me the orders", tool("GET", "/orders/{id}"))[.pluralOfOne] == 1)
        #expect(evidence("Show me the order", tool("GET", "/orders", returnsList: true))[.singularOfList] == 1)
    }

    @Test func `a count is asked of what tells a number of that name`() {
        #expect(evidence("How many followers are there?", tool("GET", "/users"))[.tellsCount] == 1)
        #expect(evidence("Who are the followers?", tool("GET", "/users"))[.tellsCount] == 0)
    }

    @Test func `the weights are summed over the figures they name`() {
        let weights = ChoiceWeights(intercept: -1, weights: ["pluralOfList": 3, "nounAlone": 0.5], least: 0)
        let found = evidence("Show me the orders", tool("GET", "/orders", returnsList: true))
        #expect(weights.logOdds(found) == 2.5)
    }
}
