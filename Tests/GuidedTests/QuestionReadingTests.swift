import Core
import Testing

@testable import Guided
@testable import Understanding

struct QuestionReadingTests {
    private func reading(_ text: String) -> QuestionReading { QuestionReading(text, today: "2026-11-23", in: .english) }

    @Test(
        "quantities are read with their scale and their unit",
        arguments: [
            ("a population of 213 million", 213_000_000, nil), ("100µF", 100, "microfarad"),
            ("worth $1.2M", 1_200_000, "dollar"),
            ("for six months", 6, "month"), ("5ft 10in tall", 70.0 / 12, "foot"), ("a rate of 4%", 4, "percent"),
            ("8.5 million square kilometers", 8_500_000, "square kilometer"), ("2 pi", 6.2832, nil),
            ("charges of 1e-9", 1e-9, nil), ("the next week", 1, "week"),
            ("9.8 m/s^2", 9.8, "meter per second squared"),
        ] as [(String, Double, String?)])
    func quantities(text: String, value: Double, unit: String?) throws {
        let quantity = try #require(reading(text).quantities.first)
        #expect(abs(quantity.value - value) <= 1e-9 * max(1, value))
        #expect(quantity.unit?.name == unit)
    }

    @Test("a number word that only announces a list is no quantity")
    func announced() {
        #expect(reading("the divisor of two numbers: 40 and 50").quantities.map(\.value) == [40, 50])
    }

    @Test("figures in identifiers, dates and formulas are no quantities")
    func noQuantities() {
        #expect(reading("id rs6034464 on 2026-06-21 for 3x^2 + 2x - 1").quantities.isEmpty)
    }

    @Test("lists, pairs and objects are read as they are written")
    func literals() {
        #expect(reading("sort [5, 3, -4.5] now").literals.map(\.value) == [[5, 3, -4.5]])
        #expect(reading("from (33.4484 N, 112.0740 W)").literals.map(\.value) == [[33.4484, -112.074]])
        #expect(reading("scores {'math': 90, 'art': 75}").literals.map(\.value) == [["math": 90, "art": 75]])
        #expect(reading("glucose (sugar)").literals.isEmpty)
    }

    @Test("formulas and identifiers are found whole")
    func spans() {
        func texts(_ text: String, _ kind: Span.Kind) -> [String] {
            reading(text).spans.filter { $0.kind == kind }.map(\.text)
        }
        #expect(texts("the derivative of y = 3x^2 + 2x - 1 at x = 2.", .formula) == ["3x^2 + 2x - 1"])
        #expect(texts("case 2022/AL2562, file C:/data/cars.csv", .code) == ["2022/AL2562", "C:/data/cars.csv"])
        #expect(texts("the gene 'BRCA1'", .quoted) == ["BRCA1"])
    }

    @Test("what is enumerated is a list, and a place with its country is not")
    func enumerations() {
        #expect(reading("in Oslo, Lima and Cairo").listed.map { $0.map(\.text) } == [["Oslo", "Lima", "Cairo"]])
        #expect(reading("the weather in Tokyo, Japan").listed.isEmpty)
    }
}
