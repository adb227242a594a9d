import Foundation

extension Place {
    /// A point of the earth in degrees; north and east are positive.
    struct Coordinate: Sendable, Hashable {
        var latitude: Double
        var longitude: Double
    }
}

extension Place.Coordinate {
    /// The cosine of the angle two points of the sphere make at its centre: 1 is the same point.
    func closeness(to other: Place.Coordinate) -> Double {
        let a = latitude.radians
        let b = other.latitude.radians
        return sin(a) * sin(b) + cos(a) * cos(b) * cos((longitude - other.longitude).radians)
    }

    /// Reads `59.91, 10.75`, `59.91 N 10.75 E` or `-33.9,151.2`; nil where the text is not two coordinates in range.
    init?(reading text: String) {
        let pattern = /^\s*([-+]?\d+(?:\.\d+)?)\s*°?\s*([NS])?[,;\s]\s*([-+]?\d+(?:\.\d+)?)\s*°?\s*([EW])?\s*$/
            .ignoresCase()
        guard let match = text.firstMatch(of: pattern), let latitude = Double(match.1), let longitude = Double(match.3),
            abs(latitude) <= 90, abs(longitude) <= 180
        else { return nil }
        self.init(
            latitude: match.2?.lowercased() == "s" ? -latitude : latitude,
            longitude: match.4?.lowercased() == "w" ? -longitude : longitude)
    }
}
