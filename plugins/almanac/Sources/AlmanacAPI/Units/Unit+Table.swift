extension Unit {
    /// Every unit known. Factors are exact by definition unless a comment says otherwise: the SI Brochure (BIPM, 9th
    /// edition, 2019) and NIST Special Publication 811 (2008), appendix B, for the units outside the SI; the
    /// international yard and pound (1959: 0.9144 m, 0.45359237 kg); IAU resolution 2012 B2 for the astronomical unit;
    /// IEC 80000-13 for binary prefixes.
    static let all: [Unit] =
        length + mass + temperature + volume + area + speed + time + data + energy + power + pressure + angle

    private static let length = [
        Unit("nanometer", .length, 1e-9, ["nm", "nanometre"]),
        Unit("micrometer", .length, 1e-6, ["µm", "um", "micrometre", "micron"]),
        Unit("millimeter", .length, 0.001, ["mm", "millimetre"]),
        Unit("centimeter", .length, 0.01, ["cm", "centimetre"]),
        Unit("meter", .length, 1, ["m", "metre", "mtr"]),
        Unit("kilometer", .length, 1000, ["km", "kms", "kilometre", "klick"]),
        Unit("inch", .length, 0.0254, plural: "inches", ["in", "\"", "″"]),
        Unit("foot", .length, 0.3048, plural: "feet", ["ft", "'", "′", "foots"]),
        Unit("yard", .length, 0.9144, ["yd", "yds"]),
        Unit("mile", .length, 1609.344, ["mi", "statute mile"]),
        Unit("nautical mile", .length, 1852, ["nmi", "NM", "sea mile"]),
        Unit("astronomical unit", .length, 149_597_870_700, ["au"]),
        Unit("light-year", .length, 9_460_730_472_580_800, ["ly", "light year", "lightyear"]),
    ]

    private static let mass = [
        Unit("microgram", .mass, 1e-9, ["µg", "ug", "mcg"]),
        Unit("milligram", .mass, 1e-6, ["mg", "milligramme"]),
        Unit("gram", .mass, 0.001, ["g", "gr", "gramme", "gm"]),
        Unit("kilogram", .mass, 1, ["kg", "kgs", "kilo", "kilogramme"]),
        Unit("tonne", .mass, 1000, ["t", "metric ton", "metric tonne"]),
        Unit("ounce", .mass, 0.028349523125, ["oz"]),
        Unit("pound", .mass, 0.45359237, ["lb", "lbs", "#"]),
        Unit("stone", .mass, 6.35029318, plural: "stone", ["st", "stones"]),
        Unit("ton", .mass, 907.18474, ["short ton", "us ton"]),
        Unit("long ton", .mass, 1016.0469088, ["imperial ton", "uk ton"]),
        Unit("carat", .mass, 0.0002, ["ct"]),
    ]

    private static let temperature = [
        Unit(
            "celsius", .temperature, 1, offset: 273.15, plural: "celsius",
            ["°C", "C", "centigrade", "degree celsius", "degree centigrade"]),
        Unit(
            "fahrenheit", .temperature, 5.0 / 9, offset: 459.67 * 5 / 9, plural: "fahrenheit",
            ["°F", "F", "degree fahrenheit", "farenheit"]),
        Unit("kelvin", .temperature, 1, plural: "kelvin", ["K", "°K", "degree kelvin", "kelvins"]),
    ]

    /// Cubic metres. Cups, pints and gallons are those of the United States unless named imperial.
    private static let volume = [
        Unit("milliliter", .volume, 1e-6, ["ml", "mL", "millilitre", "cc", "cubic centimeter", "cubic centimetre"]),
        Unit("centiliter", .volume, 1e-5, ["cl", "cL", "centilitre"]),
        Unit("deciliter", .volume, 1e-4, ["dl", "dL", "decilitre"]),
        Unit("liter", .volume, 0.001, ["l", "L", "litre", "ltr"]),
        Unit("cubic meter", .volume, 1, ["m3", "m³", "cubic metre", "cu m"]),
        Unit("cubic inch", .volume, 0.000016387064, plural: "cubic inches", ["in3", "in³", "cu in"]),
        Unit("cubic foot", .volume, 0.028316846592, plural: "cubic feet", ["ft3", "ft³", "cu ft"]),
        Unit("teaspoon", .volume, 4.92892159375e-6, ["tsp", "tea spoon"]),
        Unit("tablespoon", .volume, 1.478676478125e-5, ["tbsp", "tbs", "table spoon"]),
        Unit("fluid ounce", .volume, 2.95735295625e-5, ["fl oz", "floz", "us fluid ounce"]),
        Unit("cup", .volume, 2.365882365e-4, ["us cup"]),
        Unit("pint", .volume, 4.73176473e-4, ["pt", "us pint"]),
        Unit("quart", .volume, 9.46352946e-4, ["qt", "us quart"]),
        Unit("gallon", .volume, 3.785411784e-3, ["gal", "us gallon"]),
        Unit("imperial pint", .volume, 5.6826125e-4, ["uk pint", "british pint"]),
        Unit("imperial gallon", .volume, 4.54609e-3, ["uk gallon", "british gallon"]),
        Unit("oil barrel", .volume, 0.158987294928, ["bbl", "barrel", "barrel of oil"]),
    ]

    private static let area = [
        Unit("square centimeter", .area, 1e-4, ["cm2", "cm²", "square centimetre", "sq cm"]),
        Unit("square meter", .area, 1, ["m2", "m²", "square metre", "sq m", "sqm"]),
        Unit("square kilometer", .area, 1e6, ["km2", "km²", "square kilometre", "sq km"]),
        Unit("square inch", .area, 0.00064516, plural: "square inches", ["in2", "in²", "sq in"]),
        Unit("square foot", .area, 0.09290304, plural: "square feet", ["ft2", "ft²", "sq ft", "sqft"]),
        Unit("square yard", .area, 0.83612736, ["yd2", "yd²", "sq yd"]),
        Unit("square mile", .area, 2_589_988.110336, ["mi2", "mi²", "sq mi"]),
        Unit("acre", .area, 4046.8564224, ["ac"]),
        Unit("hectare", .area, 10_000, ["ha"]),
    ]

    private static let speed = [
        Unit(
            "meter per second", .speed, 1, plural: "meters per second",
            ["m/s", "mps", "metre per second", "metres per second"]),
        Unit(
            "kilometer per hour", .speed, 1000 / 3600.0, plural: "kilometers per hour",
            [
                "km/h", "kmh", "kph", "kmph", "kilometre per hour", "kilometres per hour", "kilometers an hour",
            ]),
        Unit("mile per hour", .speed, 0.44704, plural: "miles per hour", ["mph", "mi/h", "miles an hour"]),
        Unit("foot per second", .speed, 0.3048, plural: "feet per second", ["ft/s", "fps"]),
        Unit("knot", .speed, 1852 / 3600.0, ["kn", "kt", "kts", "nautical mile per hour", "nautical miles per hour"]),
    ]

    /// Seconds. A month and a year are those of the Gregorian calendar on average: 400 years have 146,097 days.
    private static let time = [
        Unit("millisecond", .time, 0.001, ["ms", "msec"]),
        Unit("second", .time, 1, ["s", "sec", "secs"]),
        Unit("minute", .time, 60, ["min", "mins"]),
        Unit("hour", .time, 3600, ["h", "hr", "hrs"]),
        Unit("day", .time, 86_400, ["d"]),
        Unit("week", .time, 604_800, ["wk", "wks"]),
        Unit("month", .time, 2_629_746, ["mo", "mth"]),
        Unit("year", .time, 31_556_952, ["yr", "yrs", "y", "a"]),
        Unit("decade", .time, 315_569_520),
        Unit("century", .time, 3_155_695_200, plural: "centuries"),
    ]

    /// Bytes.
    private static let data = [
        Unit("bit", .data, 0.125, ["b"]),
        Unit("byte", .data, 1, ["B", "octet"]),
        Unit("kilobyte", .data, 1e3, ["kB", "KB"]),
        Unit("megabyte", .data, 1e6, ["MB", "meg"]),
        Unit("gigabyte", .data, 1e9, ["GB", "gig"]),
        Unit("terabyte", .data, 1e12, ["TB"]),
        Unit("petabyte", .data, 1e15, ["PB"]),
        Unit("kibibyte", .data, 1024, ["KiB"]),
        Unit("mebibyte", .data, 1_048_576, ["MiB"]),
        Unit("gibibyte", .data, 1_073_741_824, ["GiB"]),
        Unit("tebibyte", .data, 1_099_511_627_776, ["TiB"]),
        // After the bytes, which people mean by `mb` in small letters.
        Unit("megabit", .data, 125_000, ["Mb", "Mbit"]),
        Unit("gigabit", .data, 125_000_000, ["Gb", "Gbit"]),
    ]

    /// Joules. The calorie is the thermochemical one, the British thermal unit that of the International Table.
    private static let energy = [
        Unit("joule", .energy, 1, ["J"]),
        Unit("kilojoule", .energy, 1000, ["kJ"]),
        Unit("megajoule", .energy, 1e6, ["MJ"]),
        Unit("calorie", .energy, 4.184, ["cal", "small calorie"]),
        Unit("kilocalorie", .energy, 4184, ["kcal", "Cal", "food calorie", "large calorie"]),
        Unit("watt-hour", .energy, 3600, ["Wh", "watt hour"]),
        Unit("kilowatt-hour", .energy, 3.6e6, ["kWh", "kilowatt hour"]),
        Unit("electronvolt", .energy, 1.602176634e-19, ["eV", "electron volt"]),
        Unit("British thermal unit", .energy, 1055.05585262, ["BTU", "Btu"]),
    ]

    /// Watts. The mechanical horsepower is 550 foot-pounds of force a second, the metric one 75 kilogram-force meters.
    private static let power = [
        Unit("watt", .power, 1, ["W"]),
        Unit("kilowatt", .power, 1000, ["kW"]),
        Unit("megawatt", .power, 1e6, ["MW"]),
        Unit("horsepower", .power, 745.69987158227022, plural: "horsepower", ["hp", "bhp"]),
        Unit("metric horsepower", .power, 735.49875, plural: "metric horsepower", ["PS", "ch"]),
    ]

    /// Pascals. The pound per square inch is 4.4482216152605 N on 0.00064516 m²; the millimeter of mercury is the
    /// conventional one.
    private static let pressure = [
        Unit("pascal", .pressure, 1, ["Pa"]),
        Unit("hectopascal", .pressure, 100, ["hPa"]),
        Unit("kilopascal", .pressure, 1000, ["kPa"]),
        Unit("millibar", .pressure, 100, ["mbar", "mb"]),
        Unit("bar", .pressure, 100_000),
        Unit("atmosphere", .pressure, 101_325, ["atm"]),
        Unit(
            "psi", .pressure, 4.4482216152605 / 0.00064516, plural: "psi",
            ["pound per square inch", "pounds per square inch"]),
        Unit(
            "millimeter of mercury", .pressure, 133.322387415, plural: "millimeters of mercury",
            ["mmHg", "mm Hg", "torr"]),
    ]

    /// Radians.
    private static let angle = [
        Unit("degree", .angle, .pi / 180, ["deg", "°", "degree of arc"]),
        Unit("radian", .angle, 1, ["rad"]),
        Unit("gradian", .angle, .pi / 200, ["gon", "grad"]),
        Unit("arcminute", .angle, .pi / 10_800, ["arcmin", "minute of arc", "arc minute"]),
        Unit("arcsecond", .angle, .pi / 648_000, ["arcsec", "second of arc", "arc second"]),
        Unit("turn", .angle, 2 * .pi, ["revolution", "full circle", "rev"]),
    ]
}
