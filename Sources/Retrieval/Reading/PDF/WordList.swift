import Foundation

/// The lists of a language's words that the system has (Debian's `wamerican`, `wngerman` and others; macOS has one).
struct WordList: Sendable {
    var folder = "/usr/share/dict"

    /// More than the largest list has.
    private static let sizeLimit = 32 << 20

    /// Those of the words that are in a list. Each list is read once, and nothing of it is kept.
    ///
    /// - Parameter words: in small letters.
    func known(among words: Set<[UInt8]>) -> Set<[UInt8]> {
        guard !words.isEmpty else { return [] }
        var known: Set<[UInt8]> = []
        for path in paths {
            guard let list = try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe) else { continue }
            for line in list.split(separator: .newline) {
                let word = line.map(\.lowercased)
                if words.contains(word) { known.insert(word) }
            }
        }
        return known
    }

    private var paths: [String] {
        let manager = FileManager.default
        let names = (try? manager.contentsOfDirectory(atPath: folder)) ?? []
        var seen: Set<String> = []
        return names.sorted().compactMap { name -> String? in
            // A list may have several names (`words`).
            let path = URL(fileURLWithPath: folder + "/" + name).resolvingSymlinksInPath().path
            guard seen.insert(path).inserted, !name.contains("."),
                let attributes = try? manager.attributesOfItem(atPath: path),
                attributes[.type] as? FileAttributeType == .typeRegular,
                let size = attributes[.size] as? Int, size <= Self.sizeLimit
            else { return nil }
            return path
        }
    }
}
