import Configuration
import Core
import Foundation

/// The configuration's sources, the first one that says something holding.
struct ConfigurationLayers {
    private struct Layer {
        var lookUp: (AbsoluteConfigKey, ConfigType) throws -> LookupResult
        /// Where a key stands, for messages: `SQUIRE_MODEL_PATH`, `model.path in FILE`.
        var place: (_ key: String, _ encoded: String) -> String
        /// What relative paths are relative to.
        var folder: String
    }

    private let layers: [Layer]

    /// - Parameter keys: those there are; another one in the file is refused. Other variables may begin with `SQUIRE_`
    ///   for other programs' sake, and are not looked at.
    /// - Throws: `configurationInvalid`.
    init(file: String, environment: [String: String], keys: Set<String>) throws(DaemonError) {
        // An empty variable is one that was not set, as everywhere in a shell.
        let variables = EnvironmentVariablesProvider(environmentVariables: environment.filter { !$0.value.isEmpty })
            .prefixKeys(with: "squire")
        var layers = [
            Layer(
                lookUp: { try variables.value(forKey: $0, type: $1) }, place: { _, encoded in encoded },
                folder: FileManager.default.currentDirectoryPath)
        ]
        if let snapshot = try ConfigurationFile.read(file, keys: keys) {
            layers.append(
                Layer(
                    lookUp: { try snapshot.value(forKey: $0, type: $1) }, place: { key, _ in "\(key) in \(file)" },
                    folder: URL(fileURLWithPath: file).deletingLastPathComponent().path))
        }
        self.layers = layers
    }

    func string(_ key: String) throws(DaemonError) -> String? {
        try value(key, .string, "text")?.content.string
    }

    func strings(_ key: String) throws(DaemonError) -> [String]? {
        try value(key, .stringArray, "a list of texts")?.content.strings
    }

    /// `auto`, or a list of names. A variable holds them with commas between.
    func selection(_ key: String) throws(DaemonError) -> NameSelection? {
        let expected = "auto or a list of names"
        if let word = try? value(key, .string, expected), word.content.string == "auto" { return .auto }
        return try value(key, .stringArray, expected)?.content.strings.map(NameSelection.named)
    }

    func integer(_ key: String, in range: ClosedRange<Int>) throws(DaemonError) -> Int? {
        let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard let found = try value(key, .int, expected), case .int(let value) = found.content else { return nil }
        guard range.contains(value) else { throw Self.invalid(found.place, expected, "\(value)") }
        return value
    }

    func flag(_ key: String) throws(DaemonError) -> Bool? {
        guard let found = try value(key, .bool, "true or false"), case .bool(let value) = found.content else {
            return nil
        }
        return value
    }

    func number(_ key: String, in range: ClosedRange<Double>) throws(DaemonError) -> Double? {
        let expected = "a number from \(range.lowerBound) to \(range.upperBound)"
        guard let found = try value(key, .double, expected), case .double(let value) = found.content else { return nil }
        guard range.contains(value) else { throw Self.invalid(found.place, expected, "\(value)") }
        return value
    }

    /// `7d` and the like (`TimeSpan`).
    func timeSpan(_ key: String) throws(DaemonError) -> Duration? {
        guard let found = try value(key, .string, TimeSpan.forms), let text = found.content.string else { return nil }
        guard let seconds = TimeSpan.seconds(text) else {
            throw Self.invalid(found.place, TimeSpan.forms, "\"\(text)\"")
        }
        return .seconds(seconds)
    }

    func word<Word: RawRepresentable<String> & CaseIterable>(
        _ key: String, of type: Word.Type
    ) throws(DaemonError) -> Word? {
        let expected = "one of " + Word.allCases.map(\.rawValue).joined(separator: ", ")
        guard let found = try value(key, .string, expected), let text = found.content.string else { return nil }
        guard let word = Word(rawValue: text) else { throw Self.invalid(found.place, expected, "\"\(text)\"") }
        return word
    }

    /// A path made absolute: `~` is the user's home, a relative one is relative to the file that names it.
    func path(_ key: String) throws(DaemonError) -> String? {
        guard let found = try value(key, .string, "a path"), let path = found.content.string else { return nil }
        return Self.absolute(path, in: found.folder)
    }

    func paths(_ key: String) throws(DaemonError) -> [String]? {
        let found = try value(key, .stringArray, "a list of paths")
        return found?.content.strings?.map { Self.absolute($0, in: found?.folder ?? "/") }
    }

    private static func absolute(_ path: String, in folder: String) -> String {
        let expanded = (path as NSString).expandingTildeInPath
        return URL(fileURLWithPath: expanded, relativeTo: URL(fileURLWithPath: folder)).standardizedFileURL.path
    }

    private struct Found {
        var content: ConfigContent
        var place: String
        var folder: String
    }

    private func value(_ key: String, _ type: ConfigType, _ expected: String) throws(DaemonError) -> Found? {
        let absolute = AbsoluteConfigKey(key.split(separator: ".").map(String.init))
        for layer in layers {
            do {
                let result = try layer.lookUp(absolute, type)
                guard let value = result.value else { continue }
                return Found(content: value.content, place: layer.place(key, result.encodedKey), folder: layer.folder)
            } catch {
                // The only thing to fail with a value that is there: it is of another type.
                let written = try? layer.lookUp(absolute, .string)
                throw Self.invalid(
                    layer.place(key, written?.encodedKey ?? key), expected,
                    written?.value?.content.string.map { "\"\($0)\"" } ?? "a list")
            }
        }
        return nil
    }

    private static func invalid(_ place: String, _ expected: String, _ value: String) -> DaemonError {
        DaemonError(.configurationInvalid, "\(place) must be \(expected), not \(value)")
    }
}

extension ConfigContent {
    fileprivate var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    fileprivate var strings: [String]? {
        if case .stringArray(let value) = self { value } else { nil }
    }
}
