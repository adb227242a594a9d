import Core
import Foundation

/// What a manifest's `x-squire` asks for.
extension ProgramPermissions {
    /// - Parameters:
    ///   - extensions: the manifest's `x-squire`.
    ///   - folder: the manifest's, which relative paths count from.
    ///   - problems: gets what is wrong, each with its place.
    init(_ extensions: JSONValue, folder: String?, problems: inout [String]) {
        if let names = extensions["environment"] {
            environment = Self.texts(names, "x-squire.environment", of: "names of variables", &problems)
            for name in environment where !Self.mayBeHandedOn(name) {
                problems.append(
                    "x-squire.environment: \"\(name)\" is not passed on; name variables of letters, digits and _, and none of Squire's own"
                )
            }
        }
        if let files = extensions["files"] {
            if files.object == nil { problems.append("x-squire.files: must be an object with read and write") }
            for key in (files.object ?? [:]).keys.sorted() where key != "read" && key != "write" {
                problems.append("x-squire.files.\(key): there is no such member; there are read and write")
            }
            read = Self.paths(files["read"], "x-squire.files.read", folder, &problems)
            write = Self.paths(files["write"], "x-squire.files.write", folder, &problems)
        }
        if let wanted = extensions["network"] {
            if case .bool(let isWanted) = wanted {
                network = isWanted
            } else {
                problems.append("x-squire.network: must be true or false")
            }
        }
    }

    private static func mayBeHandedOn(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return false
        }
        // The daemon's settings, among which the gateway's token may be.
        return !name.hasPrefix("SQUIRE_")
            && name.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || $0.value == 95 || (48...57).contains($0.value))
            }
    }

    private static func paths(
        _ value: JSONValue?, _ place: String, _ folder: String?, _ problems: inout [String]
    ) -> [String] {
        guard let value else { return [] }
        return texts(value, place, of: "paths", &problems).map { path in
            let expanded = (path as NSString).expandingTildeInPath
            return URL(
                fileURLWithPath: expanded, relativeTo: folder.map { URL(fileURLWithPath: $0, isDirectory: true) }
            )
            .standardizedFileURL.path
        }
    }

    private static func texts(
        _ value: JSONValue, _ place: String, of what: String, _ problems: inout [String]
    ) -> [String] {
        let texts = value.array?.compactMap(\.string).filter { !$0.isEmpty && !$0.contains("\0") } ?? []
        if value.array == nil || texts.count != value.array?.count {
            problems.append("\(place): must be a list of \(what)")
        }
        return texts
    }
}
