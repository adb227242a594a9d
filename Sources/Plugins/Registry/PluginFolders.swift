import Core
import Foundation
import Logging

/// Folders of manifests that are plugins without being registered: the installation's and the user's.
struct PluginFolders: Sendable {
    let paths: [String]

    /// - Parameter paths: earlier ones win where names clash.
    init(paths: [String]) {
        // As ManifestReader writes the paths it has read.
        self.paths = paths.map {
            URL(fileURLWithPath: ($0 as NSString).expandingTildeInPath).standardizedFileURL.path
        }
    }

    /// The manifests in the folders, each with what tells a changed one: `NAME/ai-plugin.json`, and JSON and YAML files
    /// beside such folders. In the order of the folders, and by name in each.
    func manifests() -> [(path: String, mark: String)] {
        var found: [(path: String, mark: String)] = []
        for folder in paths {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            for name in names.sorted() where !name.hasPrefix(".") {
                let path = "\(folder)/\(name)"
                let manifest = "\(path)/ai-plugin.json"
                if FileManager.default.fileExists(atPath: manifest) {
                    // The document lies beside its manifest: any file of the folder counts.
                    found.append((manifest, Self.mark(ofFolder: path)))
                } else if ["json", "yaml", "yml"].contains((name as NSString).pathExtension.lowercased()) {
                    found.append((path, Self.mark(of: path)))
                }
            }
        }
        return found
    }

    private static func mark(ofFolder folder: String) -> String {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().map { "\($0) \(mark(of: "\(folder)/\($0)"))" }.joined(separator: "\n")
    }

    /// In bytes; 0 where there is no such file.
    static func size(of path: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int ?? 0
    }

    private static func mark(of path: String) -> String {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        let changed = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        return "\(attributes?[.size] as? Int ?? 0) \(changed)"
    }
}
