import Core
import Testing

@testable import Guided
@testable import Understanding

struct QuestionPartsTests {
    @Test("a question is cut where another begins, and not within a pair")
    func splitting() {
        #expect(
            QuestionParts.split("What time is it in Rome, and how many feet are 3 metres?", in: .english).count == 2)
        #expect(QuestionParts.split("How many days are between 2026-01-01 and 2026-02-01?", in: .english).count == 1)
        #expect(QuestionParts.split("What time is it?", in: .english) == ["What time is it?"])
        #expect(
            QuestionParts.split("It starts at 21:00 in Lagos; what time is that in Bangkok?", in: .english).count == 1)
        #expect(QuestionParts.split("What time is it in Rome; how late is it in Lima?", in: .english).count == 2)
    }

    @Test("of a text that is handed over to be read, only what is asked about it may call a tool")
    func asked() {
        let text = String(repeating: "It knows the time in 4,400 cities. ", count: 60)
        #expect(QuestionParts.asked(in: "What time is it in Rome?") == "What time is it in Rome?")
        #expect(QuestionParts.asked(in: "Sum this up:\n\n\(text)") == "Sum this up:")
        #expect(QuestionParts.asked(in: "\(text)\n\nWhat does it know?") == "What does it know?")
        #expect(QuestionParts.asked(in: text) == nil)
    }

    @Test("parts that ask for nothing by themselves belong to the request before them")
    func requests() {
        func requests(_ question: String, _ operations: String...) -> [String] {
            let tools = operations.map {
                Tool(
                    plugin: "p", operation: $0, description: "", parameters: [:], parameterOrder: [], isReadOnly: true)
            }
            return QuestionParts.requests(of: QuestionParts.split(question, in: .english), tools: tools, in: .english)
                .map(\.text)
        }
        #expect(requests("Where is parcel 7?") == ["Where is parcel 7?"])
        #expect(
            requests("Calculate the area of a triangle with base 10 and height 5.") == [
                "Calculate the area of a triangle with base 10 and height 5."
            ])
        #expect(requests("Convert 3 feet to metres and find flights to Rome.").count == 2)
        // A verb that a tool's name begins with asks.
        #expect(requests("Book a flight to Rome and reserve a table.", "book_flight").count == 1)
        #expect(requests("Book a flight to Rome and reserve a table.", "book_flight", "reserve_table").count == 2)
    }
}
