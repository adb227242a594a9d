import Core
import Testing

@testable import Guided
@testable import Understanding

struct QuestionPartsTests {
    @Test func `of a text that is handed over to be read, only what is asked about it may call a tool`() {
        let text = String(repeating: "It knows the time in 4,400 cities. ", count: 60)
        #expect(QuestionParts.asked(in: "What time is it in Rome?") == "What time is it in Rome?")
        #expect(QuestionParts.asked(in: "Sum this up:\n\n\(text)") == "Sum this up:")
        #expect(QuestionParts.asked(in: "\(text)\n\nWhat does it know?") == "What does it know?")
        #expect(QuestionParts.asked(in: text) == nil)
    }

    @Test(
        arguments: [
            ("How far is it? And in miles?", ["How far is it?", "And in miles?"]),
            (
                "What time is it in Oslo? And in Lima? And in Rome?",
                ["What time is it in Oslo?", "And in Lima?", "And in Rome?"]
            ),
            ("What time is it in Oslo? How many feet are 3 metres?", nil),
            ("And in Oslo? And in Rome?", nil), ("Hello. And in Rome?", nil), ("", nil),
        ] as [(String, [String]?)])
    func `half questions behind a question are parts by themselves`(question: String, parts: [String]?) {
        #expect(QuestionParts.successive(question, in: .english) == parts ?? [question])
    }

    @Test func `a verb that a tool's name begins with asks`() {
        func requests(_ question: String, _ operations: String...) -> [String] {
            let tools = operations.map {
                Tool(
                    plugin: "p", operation: $0, description: "", parameters: [:], parameterOrder: [], isReadOnly: true)
            }
            return QuestionParts.clauses(of: question, tools: tools, in: .english).filter(\.begins).map(\.text)
        }
        #expect(requests("Book a flight to Rome and polish a table.", "book_flight").count == 1)
        #expect(requests("Book a flight to Rome and polish a table.", "book_flight", "polish_table").count == 2)
    }
}
