import Core
import Testing

@testable import Agent
@testable import Understanding

/// What a small model may say by itself.
struct AloneGateTests {
    private func said(
        _ text: String, given: [String] = ["How does a bicycle stay upright?"], check: AloneCheck = .figuresAndNames
    ) -> (text: String, keptBack: Bool) {
        var gate = AloneGate(given: given, check: check)
        // A token may end anywhere.
        var said = ""
        for character in text { said += gate.add(String(character)) }
        said += gate.finish()
        return (said, gate.keptBack)
    }

    @Test func `a sentence that states nothing specific is said as it was written`() {
        let text =
            "A bicycle stays upright because it steers into the fall. That keeps the wheels under the rider!\n\nTry it."
        #expect(said(text).text == text)
    }

    @Test(arguments: [
        "It was invented in 1817.", "The first one was built by Karl Drais.", "It weighs about 12 kilograms.",
        "There are two billion of them.", "Most are sold in China.",
    ])
    func `a sentence with a figure or a name that nobody said is kept back, and the others stay`(sentence: String) {
        let (text, keptBack) = said("It steers into the fall. \(sentence) So it stays up.")
        #expect(keptBack)
        #expect(text == "It steers into the fall. So it stays up.")
    }

    @Test func `what the conversation says may be said again`() {
        let text = "Hello Anna, your 3 boats are fine, and Kestrel is the best."
        #expect(said(text, given: ["I am Anna and I have 3 boats, one is called Kestrel"]).text == text)
    }

    @Test func `items of a list are no figures`() {
        let text = "1. Go to bed early.\n2. Drink less coffee.\n"
        #expect(said(text).text == text)
    }

    @Test func `what is made up on request is said whole, and a translation may have words of its own`() {
        #expect(said("In 1900 lived King Arnold.", check: .nothing).text == "In 1900 lived King Arnold.")
        #expect(said("Sie sagt: Guten Morgen.", check: .figures).text == "Sie sagt: Guten Morgen.")
        #expect(said("There were 40 of them.", check: .figures).text.isEmpty)
    }

    @Test func `after three sentences that are kept back nothing better is expected`() {
        var gate = AloneGate(given: [], check: .figuresAndNames)
        _ = gate.add("It was 1900. It was 1901. It was 1902. And")
        #expect(gate.isHopeless)
    }
}
