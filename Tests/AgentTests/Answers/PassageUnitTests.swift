import Core
import Testing

@testable import Agent
@testable import Understanding

struct PassageUnitTests {
    private func passage(_ text: String, type: String = "text", document: String = "d") -> Passage {
        Passage(
            document: document, title: "Notes", location: "line 1", text: text, score: 1, similarity: 0.5,
            collection: "c", type: type, source: nil, line: 1, highlights: [])
    }

    private func units(_ text: String, type: String = "text") -> [PassageUnit] {
        PassageUnit.all(of: [passage(text, type: type)], in: .english)
    }

    @Test func `an item whose line an editor broke is one unit, exactly as it stands`() {
        let text = """
            5. Kilns. The tenant may operate two electric kilns. Gas or wood-fired kilns are
            not allowed. The tenant shall have the supply inspected every two
            years by an electrician.
            """
        #expect(
            units(text).map(\.text) == [
                "Kilns.", "The tenant may operate two electric kilns.", "Gas or wood-fired kilns are\nnot allowed.",
                "The tenant shall have the supply inspected every two\nyears by an electrician.",
            ])
        #expect(Set(units(text).map(\.paragraph)) == [0])
    }

    @Test func `what a line is labelled with is a heading of the sentences behind its first`() {
        let found = units("Ada: lives in York. Allergic to nuts.\nThe shop opens at 9:30. It is small.\nOur car: red.")
        #expect(found.map(\.heading) == ["", "Ada", "", "", ""])
    }

    @Test func `lines that their writer ended are units of their own`() {
        let text = "bisque and glaze tests only\nErr 1 = heating too slow\nErr 5 = too hot, relay stuck on"
        #expect(units(text).map(\.text) == text.split(separator: "\n").map(String.init))
        #expect(units(text).map(\.paragraph) == [0, 1, 2])
    }

    @Test(arguments: [
        "| When | What |\n|---|---|\n| 3 weeks before | Book the hall |\n| 1 week before | Order the cake |",
        "When | What\n3 weeks before | Book the hall\n1 week before | Order the cake",
    ])
    func `a row of a table is read with the names of its columns, which are no unit`(_ text: String) {
        #expect(
            units(text, type: "html").map(\.line) == [
                "When: 3 weeks before · What: Book the hall", "When: 1 week before · What: Order the cake",
            ])
    }

    @Test func `a table without names keeps its first row`() {
        let text = "Heating elements, 6 pcs | 658.00 EUR\nDoor seal, per metre | 11.20 EUR"
        #expect(
            units(text, type: "html").map(\.line) == [
                "Heating elements, 6 pcs · 658.00 EUR", "Door seal, per metre · 11.20 EUR",
            ])
    }

    @Test(arguments: ["---", "+++"])
    func `front matter is no unit, also where it is a passage of its own`(_ mark: String) {
        let matter = "\(mark)\nserves: 4\nstatus: draft\n\(mark)"
        #expect(units(matter, type: "markdown").isEmpty)
        #expect(units("\(matter)\nSoak the beans.", type: "markdown").map(\.text) == ["Soak the beans."])
        #expect(units("\(mark)\nserves: 4", type: "markdown").isEmpty)
    }

    @Test func `a long record is read member by member`() {
        let text = (1...30).map { "member \($0): some value of it" }.joined(separator: "\n")
        #expect(units(text, type: "json").count == 30)
    }

    @Test func `a record of a table of values is one unit, with all its members`() {
        let text = "code: M1\nitem: mug standard\nretail_eur: 26"
        #expect(units(text, type: "csv").map(\.text) == [text])
        #expect(units(text, type: "csv").map(\.line) == ["code: M1 · item: mug standard · retail_eur: 26"])
    }
}

struct AnswerFormTests {
    private func form(_ question: String) -> AnswerForm? {
        PassageQuestion(question, in: .english).form
    }

    @Test func `the form of an answer is read from the question, where its words say one`() {
        #expect(form("how much does the door seal cost") == .money)
        #expect(form("What do we pay Anna for an hour?") == .money)
        #expect(form("who paid for the new gate") == nil)
        #expect(form("can I pay by card") == nil)
        #expect(form("what is Anna's phone number") == .digits)
        #expect(form("how long must chutney stand") == .span)
        #expect(form("from what time can we get in") == .clock)
        #expect(form("when's the MOT due") == .date)
        #expect(form("which tin are the spare relays in") == nil)
    }

    @Test(arguments: [
        (AnswerForm.money, "€1,150 a month", "two electric kilns"),
        (.money, "extra copies are 64 kr each", "copies: 64"),
        (.money, "5 euro the piece", "5 pieces"),
        (.digits, "0114 496 0733 (texts better)", "in my phone she's Anna M, 24"),
        (.span, "Keep six weeks before you touch it.", "Keep it until you need it."),
        (.span, "within 3 working days", "by 3 o'clock"),
        (.clock, "our slot is 5.40 pm", "our slot is on Tuesday"),
        (.date, "Data intact until 24 Sept", "Data intact until the buoy fell"),
        (.date, "Doesn't do Wednesdays", "Doesn't do evenings"),
    ])
    func `a text has a form or not`(_ form: AnswerForm, has: String, hasNot: String) {
        #expect(form.isIn(has, in: .english))
        #expect(!form.isIn(hasNot, in: .english))
    }
}
