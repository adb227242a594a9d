extension Operation {
    private static let units = Schema.choice(
        Unit.all.map(\.name),
        aliases: Dictionary(uniqueKeysWithValues: Unit.all.filter { !$0.names.isEmpty }.map { ($0.name, $0.names) }))

    static let convertUnits = Operation(
        name: "convertUnits",
        summary: "A quantity in another unit",
        description: """
            Converts a quantity from one unit of measure to another: length and distance, weight, temperature, volume, area, \
            speed, time, data, energy, power, pressure and angle. Use it for questions such as "how many kilometers are 5 \
            miles", "what is 72 Fahrenheit in Celsius", "convert 180 pounds to kilograms", "how many cups are in a liter", "60 \
            mph in km/h" or "how many minutes are in a week".
            """,
        parameters: [
            Parameter("value", type: .number, example: 5, "How much of the first unit: the number in the question."),
            Parameter("from", type: units, example: "mile", "The unit the number is given in."),
            Parameter("to", type: units, example: "kilometer", "The unit to convert it to."),
        ],
        results: [
            Property("value", type: .number, "How much of the first unit."), Property("unit", "The first unit."),
            Property("result", type: .number, "How much of the second unit, to twelve digits."),
            Property("resultUnit", "The second unit."), Property("text", "The result, rounded, with its unit."),
        ],
        examples: [
            Example("How many kilometers are 5 miles?", [("value", 5), ("from", "mile"), ("to", "kilometer")]),
            Example(
                "What is 72 degrees Fahrenheit in Celsius?", [("value", 72), ("from", "fahrenheit"), ("to", "celsius")]),
            Example("Convert 180 lbs to kg", [("value", 180), ("from", "pound"), ("to", "kilogram")]),
            Example("How many cups are in 2 liters?", [("value", 2), ("from", "liter"), ("to", "cup")]),
            Example("How tall is 6.5 feet in centimetres?", [("value", 6.5), ("from", "foot"), ("to", "centimeter")]),
            Example(
                "What's 60 mph in km/h?", [("value", 60), ("from", "mile per hour"), ("to", "kilometer per hour")]),
            Example("How many minutes are there in a week?", [("value", 1), ("from", "week"), ("to", "minute")]),
            Example("1.5 GB in megabytes", [("value", 1.5), ("from", "gigabyte"), ("to", "megabyte")]),
        ],
        answer: { (arguments, almanac) throws(AlmanacError) in
            let value = try arguments.number("value")
            let (from, to) = try almanac.units.pair(arguments["from"], arguments["to"])
            if from.dimension == .temperature, value * from.factor + from.offset < 0 {
                throw AlmanacError(
                    .invalid, "\(from.phrase(plain(value))) is below absolute zero, -273.15 °C; check the number")
            }
            let result = from.convert(value, to: to)
            let text = to.phrase(readable(result))
            return Answer(
                "\(from.phrase(plain(value))) is \(text).",
                [
                    "value": .number(value), "unit": .string(from.name), "result": .number(result),
                    "resultUnit": .string(to.name), "text": .string(text),
                ])
        })
}
