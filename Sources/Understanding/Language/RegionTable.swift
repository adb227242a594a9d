import Core
import Foundation
import Languages

/// What countries and territories are called.
package struct RegionTable: Sendable {
    /// Words of the longest name that is looked for.
    package static let mostWords = 5

    private let names: [String: String]
    private let codes: Set<String>

    init(_ names: ProperNames, _ platform: PlatformWords) {
        let known = platform.regions
        codes = Set(known.values)
        self.names = known.merging(names.regions) { _, usual in usual }
    }

    package func isCode(_ text: String) -> Bool { codes.contains(text) }

    /// Whether a text names a country, perhaps with a slip of the pen.
    package func isLikeOne(_ name: String) -> Bool {
        code(name) != nil || Spelling.nearest(to: name, among: names.keys) != nil
    }

    /// The code of ISO 3166-1 alpha-2 of a country that is named, or written as that code.
    package func code(_ name: String) -> String? {
        codes.contains(name) ? name : names[name.lowercased()]
    }
}
