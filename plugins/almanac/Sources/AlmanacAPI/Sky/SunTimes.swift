import Foundation

/// When the sun rises, culminates and sets at a place on a day.
///
/// Sunrise and sunset are the moments when the sun's upper edge is seen on a level horizon: its centre 50 minutes of
/// arc below it, of which 34 are refraction and 16 the sun's own radius (Meeus, chapter 15; NOAA's solar calculator).
struct SunTimes: Sendable, Hashable {
    enum Day: Sendable, Hashable {
        case risesAndSets(sunrise: Date, sunset: Date)
        /// It does not set.
        case polarDay
        /// It does not rise.
        case polarNight
    }

    let noon: Date
    let day: Day

    /// - Parameter date: the day by the place's own clocks, which holds the noon.
    init(on date: CalendarDate, at coordinate: Place.Coordinate, in zone: TimeZone) {
        // The clocks' day may be another than Greenwich's: of the noons around it the one that falls into it.
        let midday = Double(date.dayNumber) * 86_400 + 43_200
        let noons = [0.0, -86_400, 86_400].map { Self.noon(near: midday + $0 - coordinate.longitude * 240, coordinate) }
        let noon = noons.first { CalendarDate($0, in: zone) == date } ?? noons[0]
        self.noon = noon
        let rise = Self.crossing(from: noon, sign: -1, coordinate)
        let set = Self.crossing(from: noon, sign: 1, coordinate)
        if let rise, let set {
            day = .risesAndSets(sunrise: rise, sunset: set)
        } else {
            let height = 90 - abs(coordinate.latitude - SolarPosition(at: noon).declination)
            day = height > Self.horizon ? .polarDay : .polarNight
        }
    }

    /// Degrees above the horizon at which the sun's centre stands when its edge is seen to touch it.
    private static let horizon = -0.833

    /// The culmination near an instant (seconds since 1970) of mean noon.
    private static func noon(near seconds: Double, _ coordinate: Place.Coordinate) -> Date {
        var instant = Date(timeIntervalSince1970: seconds)
        for _ in 0..<2 {
            instant = Date(timeIntervalSince1970: seconds - SolarPosition(at: instant).equationOfTime * 60)
        }
        return instant
    }

    /// When the sun passes the horizon before (sign -1) or after noon; nil where it does not.
    private static func crossing(from noon: Date, sign: Double, _ coordinate: Place.Coordinate) -> Date? {
        let latitude = coordinate.latitude.radians
        let equationAtNoon = SolarPosition(at: noon).equationOfTime
        var instant = noon
        // Each round takes the sun's place at the time the last one found; four leave less than a second.
        for _ in 0..<4 {
            let sun = SolarPosition(at: instant)
            let declination = sun.declination.radians
            let cosine =
                (sin(horizon.radians) - sin(latitude) * sin(declination)) / (cos(latitude) * cos(declination))
            guard abs(cosine) <= 1 else { return nil }
            let minutes = 4 * acos(cosine).degrees * sign - (sun.equationOfTime - equationAtNoon)
            instant = noon.addingTimeInterval(minutes * 60)
        }
        return instant
    }
}
