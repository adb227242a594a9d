import Foundation

/// Where the sun stands, from Meeus, *Astronomical Algorithms* (2nd edition), chapters 25 (low accuracy: 0.01°) and
/// 28, as NOAA's solar calculator uses them.
struct SolarPosition: Sendable, Hashable {
    /// Degrees north of the celestial equator.
    let declination: Double
    /// Minutes a sundial is ahead of the clock.
    let equationOfTime: Double
    /// Degrees along the ecliptic from the equinox of the day, aberration and nutation included.
    let apparentLongitude: Double

    init(at instant: Date) {
        let t = instant.julianCenturies
        let meanLongitude = (280.46646 + t * (36_000.76983 + t * 0.0003032)).wrapped
        let anomaly = 357.52911 + t * (35_999.05029 - t * 0.0001537)
        let eccentricity = 0.016708634 - t * (0.000042037 + t * 0.0000001267)
        let center =
            sin(anomaly.radians) * (1.914602 - t * (0.004817 + t * 0.000014))
            + sin(2 * anomaly.radians) * (0.019993 - t * 0.000101) + sin(3 * anomaly.radians) * 0.000289
        let node = (125.04 - 1934.136 * t).radians
        let longitude = meanLongitude + center - 0.00569 - 0.00478 * sin(node)
        let meanObliquity = 23 + (26 + (21.448 - t * (46.815 + t * (0.00059 - t * 0.001813))) / 60) / 60
        let obliquity = (meanObliquity + 0.00256 * cos(node)).radians
        apparentLongitude = longitude.wrapped
        declination = asin(sin(obliquity) * sin(longitude.radians)).degrees
        // Chapter 28, formula 28.3 (Smart).
        let y = pow(tan(obliquity / 2), 2)
        let (l, m, e) = (meanLongitude.radians, anomaly.radians, eccentricity)
        let angle =
            y * sin(2 * l) - 2 * e * sin(m) + 4 * e * y * sin(m) * cos(2 * l) - y * y * sin(4 * l) / 2
            - 1.25 * e * e * sin(2 * m)
        equationOfTime = 4 * angle.degrees
    }
}

extension Date {
    /// Centuries of 36,525 days since 2000-01-01 12:00. Taken of universal time: the 70 seconds to dynamical time move
    /// the sun by less than a thousandth of a degree.
    var julianCenturies: Double { (timeIntervalSince1970 - 946_728_000) / 86_400 / 36_525 }
}

extension Double {
    /// Degrees from 0 up to 360.
    var wrapped: Double {
        let rest = truncatingRemainder(dividingBy: 360)
        return rest < 0 ? rest + 360 : rest
    }
}
