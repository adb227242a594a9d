import Core
import Testing

@testable import Agent
@testable import Understanding

struct FactCheckTests {
    private let check = FactCheck(
        results: [["sunset": "22:44", "place": "Oslo", "celsius": 21.47]],
        given: ["When is sunset in Oslo on 2026-06-21?"])

    @Test(arguments: ["22:44", "21.47", "21.5", "2026-06-21"])
    func `figures that a plugin or the user said are supported, roundings too`(figure: String) {
        #expect(check.unsupported(in: "It is \(figure) there.").isEmpty)
    }

    @Test(arguments: ["at 22:45", "in Bergen"])
    func `a figure or a name that nobody said is found`(text: String) {
        #expect(!check.unsupported(in: "The sun sets \(text) then.").isEmpty)
    }

    @Test(arguments: [
        ("21.47 + 22 = 43.47", false), ("21.47 - 6 = 15.47", true), ("21.47 × 6 = 128.82", true),
        ("6 + 6 = 13", false),
        ("15.47", false),
    ])
    func `what is worked out rightly from their figures, and shown, is supported`(text: String, isSupported: Bool) {
        let check = FactCheck(results: [["celsius": 21.47]], given: ["And 6 less?"])
        #expect(check.unsupported(in: text).isEmpty == isSupported)
    }

    @Test func `repeating the question's figures is no answer`() {
        #expect(!check.holdsResult("On 2026-06-21 it sets."))
        #expect(check.holdsResult("It sets at 22:44."))
    }
}
