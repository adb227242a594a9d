import Core

/// The keys of the configuration, and which of them was probably meant.
struct ConfigurationKeys {
    private let keys: [String]
    /// The parts before the dots.
    private let groups: [String]

    init(_ keys: Set<String>) {
        self.keys = keys.sorted()
        groups = Set(keys.compactMap { $0.split(separator: ".").first.map(String.init) }).sorted()
    }

    /// - Parameters:
    ///   - key: one that does not exist.
    ///   - members: the keys that stand under it.
    func advice(on key: String, members: [String]) -> String {
        if let meant = nearest(to: key, members: members) { return "did you mean \(meant)?" }
        return "the example config.yaml (share/doc/squire, or etc/ in the sources) describes those there are"
    }

    /// A key of a group.
    func example(in group: String) -> String {
        keys.first { $0.hasPrefix(group + ".") } ?? group
    }

    private func nearest(to key: String, members: [String]) -> String? {
        let name = key.split(separator: ".").last.map(String.init) ?? key
        if let dot = key.lastIndex(of: ".") {
            // In a group that is there, one of its keys was meant, or one of the same name elsewhere.
            let group = key[...dot]
            let inside = keys.filter { $0.hasPrefix(group) }.map { String($0.dropFirst(group.count)) }
            if let meant = Spelling.nearest(to: name, among: inside) { return group + meant }
        } else if let group = Spelling.nearest(to: key, among: groups) {
            let inside = keys.filter { $0.hasPrefix(group + ".") }.map { String($0.dropFirst(group.count + 1)) }
            let meant = members.lazy.compactMap { Spelling.nearest(to: $0, among: inside) }.first
            return "\(group).\(meant ?? inside.first ?? "")"
        }
        return keys.first { $0.hasSuffix("." + name) }
            ?? Spelling.nearest(to: name, among: keys.map { $0.split(separator: ".").last.map(String.init) ?? $0 })
            .flatMap { meant in keys.first { $0.hasSuffix("." + meant) } }
    }
}
