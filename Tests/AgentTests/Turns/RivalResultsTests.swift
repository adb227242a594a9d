import Core
import Testing

@testable import Agent
@testable import Understanding

/// Which of several results answers a question.
struct RivalResultsTests {
    private func step(
        _ operation: String, _ arguments: JSONValue, gives result: JSONValue?, status: Step.Status = .ok
    ) -> Step {
        var step = Step(plugin: "creatures", operation: operation, arguments: arguments)
        step.status = status
        step.result = result
        return step
    }

    private func results(_ question: String) -> RivalResults { RivalResults(question: question, language: .english) }

    private let gengar: JSONValue = ["name": "gengar", "types": ["ghost", "poison"], "height": 15]

    @Test func `a result that names the thing and has the property stands, and nothing else is called`() {
        let found = step("get_creature", ["id": "Gengar"], gives: gengar)
        #expect(results("Which types is Gengar?").isAnswered(by: found))
    }

    @Test func `a list that does not have the thing gives way to the thing that has the property`() {
        let question = results("Which types is Gengar?")
        let list = step(
            "list_types", ["q": "Gengar"], gives: ["count": 2, "results": [["name": "normal"], ["name": "fire"]]])
        #expect(!question.isAnswered(by: list))
        #expect(question.best(of: [list, step("get_creature", ["id": "Gengar"], gives: gengar)]) == 1)
    }

    @Test func `a failure and an empty result give way to any other`() {
        let question = results("Which types is Gengar?")
        let other = step("get_creature", ["id": "Gengar"], gives: gengar)
        let failed = step("get_type", ["id": "Gengar"], gives: nil, status: .error)
        #expect(question.best(of: [failed, step("list_types", [:], gives: []), other]) == 2)
        #expect(question.best(of: [nil, other]) == 1)
    }

    @Test func `of results that have as much, the likeliest call's stands`() {
        let question = results("How many points does story 8863 have?")
        let story = step("get_item", ["id": 8863], gives: ["id": 8863, "score": 104, "title": "Dropbox"])
        let user = step("get_user", ["id": "8863"], gives: ["id": "8863", "karma": 3])
        #expect(question.best(of: [story, user]) == 0)
    }

    @Test func `"how many" is answered by a count`() {
        let question = results("How many quakes deeper than 30 km were there?")
        let list = step("query", ["mindepth": 30], gives: [["depth": 31], ["depth": 44]])
        #expect(
            question.best(of: [list, step("count", ["mindepth": 30], gives: ["count": 2, "maxAllowed": 20_000])]) == 1)
    }

    @Test func `a result that leads to what was asked for counts as having it`() {
        let question = results("What has Nordlicht GmbH ordered?")
        let orders = Tool(
            plugin: "p", operation: "customer_orders", description: "", parameters: [:], parameterOrder: [],
            isReadOnly: true)
        let customer = step("list_customers", ["name": "Nordlicht GmbH"], gives: [["id": 9, "name": "Nordlicht GmbH"]])
        let all = step("list_orders", [:], gives: [["id": 511, "status": "shipped"]])
        #expect(question.best(of: [all, customer]) == 0)
        #expect(question.best(of: [step("list_items", [:], gives: []), all, customer], next: [[], [], [orders]]) == 2)
    }
}
