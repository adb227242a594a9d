import Foundation

/// The moon's phases, from Meeus, *Astronomical Algorithms* (2nd edition), chapters 48 (illuminated fraction, low
/// accuracy) and 49 (times of the phases; the terms below 0.0003 days are left out, so that times are within two minutes).
enum MoonPhase: Int, CaseIterable, Sendable {
    case newMoon = 0
    case firstQuarter = 1
    case fullMoon = 2
    case lastQuarter = 3

    var name: String {
        switch self {
        case .newMoon: "new moon"
        case .firstQuarter: "first quarter"
        case .fullMoon: "full moon"
        case .lastQuarter: "last quarter"
        }
    }

    /// What the moon is called after this phase and before the next.
    var following: String {
        switch self {
        case .newMoon: "waxing crescent"
        case .firstQuarter: "waxing gibbous"
        case .fullMoon: "waning gibbous"
        case .lastQuarter: "waning crescent"
        }
    }

    /// The first time after an instant that the moon reaches this phase.
    func next(after instant: Date) -> Date {
        // Lunations are counted from the new moon of 2000-01-06; true phases lie within a day of the mean ones.
        let days = instant.timeIntervalSince1970 / 86_400 + 2_440_587.5 - 2_451_550.1
        var lunation = (days / Self.month - 2).rounded(.down)
        while time(inLunation: lunation) <= instant { lunation += 1 }
        return time(inLunation: lunation)
    }

    /// The last phase before or at an instant.
    static func last(before instant: Date) -> MoonPhase {
        // Within a month each phase comes next once; the one that comes last is the one just passed.
        allCases.max { $0.next(after: instant) < $1.next(after: instant) } ?? .newMoon
    }

    private static let month = 29.530588861

    /// When the lunation's phase is, in universal time.
    func time(inLunation lunation: Double) -> Date {
        let k = lunation + Double(rawValue) / 4
        let t = k / 1236.85
        let e = 1 - t * (0.002516 + t * 0.0000074)
        let sun = 2.5534 + 29.10535670 * k - 0.0000014 * t * t
        let moon = 201.5643 + 385.81693528 * k + 0.0107582 * t * t
        let latitude = 160.7108 + 390.67050284 * k - 0.0016118 * t * t
        var day = 2_451_550.09766 + Self.month * k + 0.00015437 * t * t
        for term in terms {
            let angle = Double(term.sun) * sun + Double(term.moon) * moon + Double(term.latitude) * latitude
            day += term.days * pow(e, Double(abs(term.sun))) * sin(angle.radians)
        }
        if self == .firstQuarter || self == .lastQuarter {
            let w = 0.00306 - 0.00038 * e * cos(sun.radians) + 0.00026 * cos(moon.radians)
            day += self == .firstQuarter ? w : -w
        }
        // The first two of the planets' terms that reach 14 seconds.
        day += 0.000325 * sin((299.77 + 0.107408 * k - 0.009173 * t * t).radians)
        // Dynamical time is ahead of universal time by 69 seconds in the 2020s.
        return Date(timeIntervalSince1970: (day - 2_440_587.5) * 86_400 - 69)
    }

    /// A term's size in days, and how many times it takes the sun's anomaly, the moon's, and the moon's argument of
    /// latitude.
    private struct Term {
        var days: Double
        var sun: Int
        var moon: Int
        var latitude: Int

        init(_ days: Double, _ sun: Int, _ moon: Int, _ latitude: Int) {
            self.days = days
            self.sun = sun
            self.moon = moon
            self.latitude = latitude
        }
    }

    private var terms: [Term] {
        switch self {
        case .newMoon: Self.newMoonTerms
        case .fullMoon: Self.fullMoonTerms
        case .firstQuarter, .lastQuarter: Self.quarterTerms
        }
    }

    private static let newMoonTerms = [
        Term(-0.40720, 0, 1, 0), Term(0.17241, 1, 0, 0), Term(0.01608, 0, 2, 0), Term(0.01039, 0, 0, 2),
        Term(0.00739, -1, 1, 0), Term(-0.00514, 1, 1, 0), Term(0.00208, 2, 0, 0), Term(-0.00111, 0, 1, -2),
        Term(-0.00057, 0, 1, 2), Term(0.00056, 1, 2, 0), Term(-0.00042, 0, 3, 0), Term(0.00042, 1, 0, 2),
        Term(0.00038, 1, 0, -2),
    ]

    private static let fullMoonTerms = [
        Term(-0.40614, 0, 1, 0), Term(0.17302, 1, 0, 0), Term(0.01614, 0, 2, 0), Term(0.01043, 0, 0, 2),
        Term(0.00734, -1, 1, 0), Term(-0.00515, 1, 1, 0), Term(0.00209, 2, 0, 0), Term(-0.00111, 0, 1, -2),
        Term(-0.00057, 0, 1, 2), Term(0.00056, 1, 2, 0), Term(-0.00042, 0, 3, 0), Term(0.00042, 1, 0, 2),
        Term(0.00038, 1, 0, -2),
    ]

    private static let quarterTerms = [
        Term(-0.62801, 0, 1, 0), Term(0.17172, 1, 0, 0), Term(-0.01183, 1, 1, 0), Term(0.00862, 0, 2, 0),
        Term(0.00804, 0, 0, 2), Term(0.00454, -1, 1, 0), Term(0.00204, 2, 0, 0), Term(-0.00180, 0, 1, -2),
        Term(-0.00070, 0, 1, 2), Term(-0.00040, 0, 3, 0), Term(-0.00034, -1, 2, 0), Term(0.00032, 1, 0, 2),
        Term(0.00032, 1, 0, -2),
    ]

    /// The part of the moon's disk that is lit, from 0 to 1.
    static func illuminatedFraction(at instant: Date) -> Double {
        let t = instant.julianCenturies
        let elongation = (297.8501921 + t * (445_267.1114034 - t * 0.0018819)).wrapped.radians
        let sun = (357.5291092 + t * (35_999.0502909 - t * 0.0001536)).wrapped.radians
        let moon = (134.9633964 + t * (477_198.8675055 + t * 0.0087414)).wrapped.radians
        let angle =
            180 - elongation.degrees - 6.289 * sin(moon) + 2.1 * sin(sun) - 1.274 * sin(2 * elongation - moon)
            - 0.658 * sin(2 * elongation) - 0.214 * sin(2 * moon) - 0.11 * sin(elongation)
        return (1 + cos(angle.radians)) / 2
    }
}
