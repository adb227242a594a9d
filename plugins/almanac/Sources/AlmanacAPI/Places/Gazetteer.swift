import Foundation

/// The places the almanac knows, by name. Made once, in some milliseconds; read-only after.
///
/// Names and coordinates are GeoNames' (CC BY 4.0); see `PlaceData`.
struct Gazetteer: Sendable {
    struct City: Sendable {
        var name: String
        var country: String
        var region: String
        var coordinate: Place.Coordinate
        var zone: String
        var population: Int
    }

    struct Country: Sendable {
        var name: String
        var capital: String
        /// Nil where the country keeps several times.
        var zone: String?
        /// The name, other names and codes, folded.
        var names: Set<String>
    }

    struct Region: Sendable {
        var country: String
        var code: String
        var name: String
        /// Nil where the region keeps several times.
        var zone: String?
    }

    /// The largest first.
    let cities: [City]
    /// By ISO code.
    let countries: [String: Country]
    let regions: [Region]
    /// Indices of cities by folded name, the largest first.
    let citiesNamed: [String: [Int]]
    /// ISO codes by folded name; two-letter codes are not among them.
    let countriesNamed: [String: String]

    init() {
        let zones = PlaceData.zones.rows.map { String($0[0]) }
        var countries: [String: Country] = [:]
        var countriesNamed: [String: String] = [:]
        for row in PlaceData.countries.rows {
            let others = row.count > 5 ? row[5].split(separator: "|").map { String($0).folded } : []
            let names = [row[2].folded, row[1].folded] + others
            let zone = row.count > 4 && !row[4].isEmpty ? row[4] : nil
            countries[row[0]] = Country(
                name: row[2], capital: row[3], zone: zone, names: Set(names + [row[0].folded]))
            for name in names { countriesNamed[name] = row[0] }
        }
        var cities: [City] = []
        var citiesNamed: [String: [Int]] = [:]
        for row in PlaceData.cities.rows where row.count >= 7 {
            guard let latitude = Double(row[3]), let longitude = Double(row[4]), let zone = Int(row[5]),
                let population = Int(row[6])
            else { continue }
            var names: Set<String> = [row[0].folded]
            if row.count > 7 { names.formUnion(row[7].split(separator: "|").map { String($0).folded }) }
            for name in names { citiesNamed[name, default: []].append(cities.count) }
            cities.append(
                City(
                    name: row[0], country: row[1], region: row[2],
                    coordinate: Place.Coordinate(latitude: latitude, longitude: longitude), zone: zones[zone],
                    population: population))
        }
        self.cities = cities
        self.countries = countries
        self.regions = PlaceData.regions.rows.map { row in
            Region(country: row[0], code: row[1], name: row[2], zone: row.count > 3 ? row[3] : nil)
        }
        self.citiesNamed = citiesNamed
        self.countriesNamed = countriesNamed
    }
}

extension String {
    /// A table's lines and their fields, which tabs part.
    fileprivate var rows: [[String]] {
        // Bytes and not characters: nobody's name has a tab, and this is what starting takes its time for.
        utf8.split(separator: UInt8(ascii: "\n")).map { line in
            line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map { field in
                String(Substring(field))
            }
        }
    }
}
