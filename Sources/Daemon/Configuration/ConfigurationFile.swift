import Configuration
import Foundation
import Ownership
import Yams

/// The configuration file: YAML, and no key that is not known, because one that was mistyped would be silently
/// without effect.
enum ConfigurationFile {
    /// - Returns: nil where there is no file, or nothing in it.
    /// - Throws: `configurationInvalid`.
    static func read(_ path: String, keys: Set<String>) throws(DaemonError) -> YAMLSnapshot? {
        let file: (bytes: Data, facts: FileFacts)
        do throws(OwnershipError) {
            guard let found = try SecretFile.read(path, as: "the configuration") else { return nil }
            file = found
        } catch {
            throw DaemonError(.configurationInvalid, error.message, cause: error)
        }
        let data = file.bytes
        do {
            guard let root = try Yams.compose(yaml: String(decoding: data, as: UTF8.self)) else { return nil }
            guard let mapping = root.mapping else {
                throw DaemonError(
                    .configurationInvalid, "\(path) must hold keys and values, such as \"log: {level: debug}\"")
            }
            try check(mapping, at: "", keys: keys, path: path)
            try checkSecrets(mapping, file.facts, path: path)
            return try YAMLSnapshot(data: data.bytes, providerName: path, parsingOptions: .default)
        } catch let error as DaemonError {
            throw error
        } catch {
            throw DaemonError(.configurationInvalid, "\(path) is not valid YAML: \(error)", cause: error)
        }
    }

    /// Others may read a file that holds no secret.
    private static func checkSecrets(
        _ mapping: Node.Mapping, _ facts: FileFacts, path: String
    ) throws(DaemonError) {
        guard facts.isFile, facts.mode & 0o044 != 0 else { return }
        for key in ["gateway.token"] {
            let names = key.split(separator: ".").map(String.init)
            let value = names.dropFirst().reduce(mapping[Node(names[0])]) { $0?.mapping?[Node($1)] }
            // The word that asks for no token is none.
            guard let text = value?.scalar?.string, !text.isEmpty, text != "none" else { continue }
            throw DaemonError(
                .configurationInvalid,
                "\(path) holds \(key) and is readable by others; protect it with `chmod 600 \(path)`")
        }
    }

    private static func check(
        _ mapping: Node.Mapping, at prefix: String, keys: Set<String>, path: String
    ) throws(DaemonError) {
        for (name, value) in mapping {
            let key = prefix + (name.string ?? "?")
            if keys.contains(key) { continue }
            let isGroup = keys.contains { $0.hasPrefix(key + ".") }
            if isGroup, let members = value.mapping {
                try check(members, at: key + ".", keys: keys, path: path)
                continue
            }
            // A group whose members are all commented out.
            if isGroup, value.scalar?.string.isEmpty == true { continue }
            let line = name.mark.map { ", line \($0.line)" } ?? ""
            throw DaemonError(
                .configurationInvalid,
                "\(path)\(line): "
                    + (isGroup
                        ? "\(key) holds keys, such as \(ConfigurationKeys(keys).example(in: key)), and no value"
                        : "there is no key \"\(key)\"; "
                            + ConfigurationKeys(keys).advice(
                                on: key, members: value.mapping?.keys.compactMap(\.string) ?? [])))
        }
    }
}
