import Foundation

extension Operation {
    static let calculate = Operation(
        name: "calculate",
        summary: "What a calculation gives",
        description: """
            Works out arithmetic with exact decimals: sums, differences, products, quotients, percentages, powers and roots, \
            and times of day with hours and minutes added. Use it for questions such as "17*23", "what is 15% of 80", "12 \
            plus 30 divided by 6", "square root of 2", "2 to the power of 10", "half of 37" or "14:45 plus 90 minutes".
            """,
        parameters: [
            Parameter(
                "expression", example: "15% of 80", "The calculation as it was said: its numbers and signs, all of it.")
        ],
        results: [
            Property("expression", "What was worked out."), Property("result", "The result."),
            Property("isRounded", type: .boolean, "Whether the result is rounded to twelve digits after the point."),
        ],
        examples: [
            Example("17*23", [("expression", "17*23")]),
            Example("What is 15% of 80?", [("expression", "15% of 80")]),
            Example("how much is 12 plus 30 divided by 6", [("expression", "12 plus 30 divided by 6")]),
            Example("What's 14:45 plus 90 minutes?", [("expression", "14:45 plus 90 minutes")]),
            Example("Calculate (3.5 + 4) * 12", [("expression", "(3.5 + 4) * 12")]),
            Example("What is the square root of 1764?", [("expression", "square root of 1764")]),
            Example("seven times eight", [("expression", "seven times eight")]),
            Example("2 to the power of 10", [("expression", "2 to the power of 10")]),
            Example("1,200 - 345.50", [("expression", "1,200 - 345.50")]),
        ],
        answer: { (arguments, _) throws(AlmanacError) in
            let expression = arguments["expression"].trimmingCharacters(in: .whitespacesAndNewlines)
            let (value, isRounded) = try Calculation.result(of: expression)
            return Answer(
                "\(expression) \(isRounded ? "is about" : "=") \(value.text).",
                [
                    "expression": .string(expression), "result": .string(value.text), "isRounded": .boolean(isRounded),
                ])
        })
}
