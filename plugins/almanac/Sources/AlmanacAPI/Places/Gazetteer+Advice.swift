import Foundation

extension Gazetteer {
    /// Not one time, so no answer; but the cities that have one.
    func severalTimes(_ name: String, _ inside: [City]) -> AlmanacError {
        var seen: Set<Int> = []
        let examples = inside.filter { seen.insert(timeZone($0.zone).secondsFromGMT()).inserted }.prefix(4).map(\.name)
        let text = examples.isEmpty ? "" : ", such as \(examples.joined(separator: ", "))"
        return AlmanacError(.invalid, "\(name) has several time zones; name a city in it\(text)")
    }

    /// No such place, and the names nearest to it.
    func unknown(_ text: String) -> AlmanacError {
        let shown = text.trimmingCharacters(in: .whitespaces)
        let name = shown.split(separator: ",").first.map { String($0).folded.withoutFillers } ?? ""
        let limit = name.utf8.count < 5 ? 1 : 2
        var best: (distance: Int, index: Int, name: String)?
        for (known, indices) in citiesNamed {
            guard let distance = name.distance(to: known, limit: limit) else { continue }
            // Of equally near names the largest city's wins.
            if let best, (best.distance, best.index) < (distance, indices[0]) { continue }
            best = (distance, indices[0], cities[indices[0]].name)
        }
        for (known, code) in countriesNamed where known.utf8.count > 3 {
            guard let distance = name.distance(to: known, limit: limit), distance < best?.distance ?? .max else {
                continue
            }
            best = (distance, 0, countries[code]?.name ?? known)
        }
        let advice =
            best.map { "Did you mean \($0.name)?" } ?? "Name a larger city nearby, or a time zone such as Europe/Paris."
        return AlmanacError(.unknown, "I know no place called \"\(shown)\". \(advice)")
    }
}
