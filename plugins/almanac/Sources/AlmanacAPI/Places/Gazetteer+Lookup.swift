import Foundation

extension Gazetteer {
    /// The place a text names: a city (`Paris`, `Portland, Maine`, `Paris France`), a country or state that keeps one
    /// time (its capital or largest city stands for it), a time zone (`Europe/Paris`, `EST`, `UTC+3`), or two
    /// coordinates (`69.65, 18.96`). Of cities with one name the largest is meant.
    ///
    /// - Throws: `AlmanacError` that says what is known instead.
    func place(_ text: String) throws(AlmanacError) -> Place {
        if let coordinate = Place.Coordinate(reading: text) { return nearby(coordinate) }
        if let zone = NamedZones.zone(text) { return zone }
        let parts = text.split(separator: ",").map { String($0).folded }.filter { !$0.isEmpty }
        guard let first = parts.first else {
            throw AlmanacError(.invalid, "the place is empty; name a city such as Paris")
        }
        let whole = parts.joined(separator: " ")
        // As it is first: `The Hague` begins with a filler.
        for (name, whole) in [(first, whole), (first.withoutFillers, whole.withoutFillers)] {
            if parts.count > 1 {
                let qualifiers = Array(parts.dropFirst())
                if let place = try region(name, in: qualifiers) { return place }
                if let place = try city(name, in: qualifiers, asked: text) { return place }
            }
            if let place = try anywhere(whole) { return place }
            if let place = try trailingQualifier(whole, asked: text) { return place }
        }
        if let zone = NamedZones.zone(namedFor: whole.withoutFillers) { return zone }
        throw unknown(text)
    }

    /// A name without anything that says where it lies.
    private func anywhere(_ name: String) throws(AlmanacError) -> Place? {
        if let code = countriesNamed[name] { return try place(country: code) }
        let city = citiesNamed[name]?.first.map { cities[$0] }
        if let region = regions.first(where: { $0.name.folded == name }), (city?.population ?? 0) < 200_000 {
            return try place(region: region)
        }
        if let city { return place(city) }
        for suffix in [" city", " time"] {
            if let shorter = name.dropping(suffix: suffix) { return try anywhere(shorter) }
        }
        return nil
    }

    /// `Paris France`, `Portland Maine`: the last words may say where it lies.
    private func trailingQualifier(_ name: String, asked: String) throws(AlmanacError) -> Place? {
        let words = name.split(separator: " ")
        guard words.count > 1 else { return nil }
        for count in 1..<words.count {
            let head = words.prefix(count).joined(separator: " ")
            let tail = words.dropFirst(count).joined(separator: " ")
            guard citiesNamed[head] != nil, isQualifier(tail) else { continue }
            if let place = try city(head, in: [tail], asked: asked) { return place }
        }
        return nil
    }

    /// The state of that name in a country that the qualifiers name: `Georgia, USA` and not the country.
    private func region(_ name: String, in qualifiers: [String]) throws(AlmanacError) -> Place? {
        let found = regions.first { region in
            region.name.folded == name
                && qualifiers.contains { countries[region.country]?.names.contains($0.withoutFillers) == true }
        }
        guard let found, citiesNamed[name]?.contains(where: { cities[$0].country == found.country }) != true else {
            return nil
        }
        return try place(region: found)
    }

    /// The largest city of that name which lies in one of the places its qualifiers name; nil where no city has the name.
    private func city(_ name: String, in qualifiers: [String], asked: String) throws(AlmanacError) -> Place? {
        let named = (citiesNamed[name] ?? name.dropping(suffix: " city").flatMap { citiesNamed[$0] } ?? []).map {
            cities[$0]
        }
        guard let largest = named.first else { return nil }
        let fitting = named.filter { city in qualifiers.contains { lies(city, in: $0) } }
        if let city = fitting.first { return place(city) }
        guard qualifiers.contains(where: isQualifier) else { return place(largest) }
        throw AlmanacError(
            .unknown,
            "I know no place called \"\(asked.trimmingCharacters(in: .whitespaces))\". Did you mean \(describe(largest))?"
        )
    }

    private func lies(_ city: City, in qualifier: String) -> Bool {
        let qualifier = qualifier.withoutFillers
        if countries[city.country]?.names.contains(qualifier) == true { return true }
        return regions.contains {
            $0.country == city.country && $0.code == city.region
                && ($0.code.lowercased() == qualifier || $0.name.folded == qualifier)
        }
    }

    private func isQualifier(_ text: String) -> Bool {
        let text = text.withoutFillers
        return countriesNamed[text] != nil || countries[text.uppercased()] != nil
            || regions.contains { $0.code.lowercased() == text || $0.name.folded == text }
    }

    private func place(_ city: City) -> Place {
        let country = countries[city.country]?.name
        return Place(
            label: describe(city), city: city.name, country: country, zone: city.zone, timeZone: timeZone(city.zone),
            coordinate: city.coordinate)
    }

    private func place(country code: String) throws(AlmanacError) -> Place {
        let country = countries[code]
        let inside = cities.filter { $0.country == code }
        guard let zone = country?.zone,
            let capital = inside.first(where: { $0.name == country?.capital }) ?? inside.first
        else { throw severalTimes(country?.name ?? code, inside) }
        var place = place(capital)
        place.zone = zone
        place.timeZone = timeZone(zone)
        if let name = country?.name, name != capital.name { place.label = "\(name) (\(capital.name))" }
        return place
    }

    private func place(region: Region) throws(AlmanacError) -> Place {
        let inside = cities.filter { $0.country == region.country && $0.region == region.code }
        guard region.zone != nil, let largest = inside.first else { throw severalTimes(region.name, inside) }
        var place = place(largest)
        place.label = "\(region.name) (\(largest.name))"
        return place
    }

    /// `Paris, France`; `Portland, Maine, United States` where a larger place has the name.
    private func describe(_ city: City) -> String {
        let country = countries[city.country]?.name ?? city.country
        let isLargest = citiesNamed[city.name.folded]?.first.map { cities[$0].coordinate } == city.coordinate
        let region = isLargest ? nil : regions.first { $0.country == city.country && $0.code == city.region }?.name
        var parts = [city.name]
        if let region { parts.append(region) }
        if country != city.name { parts.append(country) }
        return parts.joined(separator: ", ")
    }

    /// Coordinates with the zone of the nearest city, or where none is within 500 km that of their meridian.
    private func nearby(_ coordinate: Place.Coordinate) -> Place {
        let label = "\(plain(coordinate.latitude)), \(plain(coordinate.longitude))"
        let nearest = cities.max { $0.coordinate.closeness(to: coordinate) < $1.coordinate.closeness(to: coordinate) }
        // 500 km on a sphere of radius 6,371 km.
        if let nearest, nearest.coordinate.closeness(to: coordinate) > cos(500.0 / 6371) {
            return Place(
                label: label, city: nil, country: nil, zone: nearest.zone, timeZone: timeZone(nearest.zone),
                coordinate: coordinate)
        }
        let hours = Int((coordinate.longitude / 15).rounded())
        var place = NamedZones.fixed(minutes: hours * 60, label: label)
        place?.coordinate = coordinate
        return place
            ?? Place(
                label: label, city: nil, country: nil, zone: "UTC", timeZone: .gmt, coordinate: coordinate)
    }

    func timeZone(_ identifier: String) -> TimeZone {
        // Every identifier of the tables is one Foundation's own zone data has; a test goes through them.
        TimeZone(identifier: identifier) ?? .gmt
    }

}

extension String {
    /// A folded name without words people and models put around it.
    var withoutFillers: String {
        for prefix in ["the ", "in ", "at ", "time in ", "city of "] {
            if let shorter = dropping(prefix: prefix) { return shorter.withoutFillers }
        }
        for suffix in [" right now", " now", " today"] {
            if let shorter = dropping(suffix: suffix) { return shorter.withoutFillers }
        }
        return self
    }

    fileprivate func dropping(prefix: String) -> String? {
        hasPrefix(prefix) && count > prefix.count ? String(dropFirst(prefix.count)) : nil
    }

    fileprivate func dropping(suffix: String) -> String? {
        hasSuffix(suffix) && count > suffix.count ? String(dropLast(suffix.count)) : nil
    }
}
