import Folders
import Foundation
import SystemPackage

/// Folders of manifests that are plugins without being registered: the installation's and the user's.
struct PluginFolders: Sendable {
    let paths: [String]
    private let kinds: PluginKinds

    /// Manifests, and what lies beside them in folders of their own, whatever git says of it.
    static let selection = FolderSelection(followsLinks: true, obeysIgnoreFiles: false, depth: 2)

    /// - Parameter paths: earlier ones win where names clash.
    init(paths: [String], kinds: PluginKinds) {
        self.kinds = kinds
        // As SourceReader writes the paths it has read.
        self.paths = paths.map {
            URL(fileURLWithPath: ($0 as NSString).expandingTildeInPath).standardizedFileURL.path
        }
    }

    /// The manifests in the folders, each with what tells a changed one: folders' with the file that makes them a plugin,
    /// and files beside such folders. In the order of the folders, and by name in each.
    func manifests() -> [(path: String, mark: ManifestMark)] {
        let files = kinds.folderFiles
        let endings = kinds.fileEndings
        var found: [(path: String, mark: ManifestMark)] = []
        for folder in paths {
            for name in Self.names(in: folder) {
                let path = "\(folder)/\(name)"
                let manifest = files.map { "\(path)/\($0)" }.first { FileManager.default.fileExists(atPath: $0) }
                if let manifest {
                    // The document lies beside its manifest: any file of the folder counts.
                    found.append((manifest, ManifestMark(Self.names(in: path).map { "\(path)/\($0)" })))
                } else if endings.contains((name as NSString).pathExtension.lowercased()) {
                    found.append((path, ManifestMark([path])))
                }
            }
        }
        return found
    }

    /// In order, but for hidden ones, where editors keep what is being written.
    private static func names(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted()
    }

    /// In bytes; 0 where there is no such file.
    static func size(of path: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int ?? 0
    }
}

/// Tells whether the files of a manifest may have changed since it was read.
struct ManifestMark: Sendable, Hashable {
    private let files: [String: FileStatus?]

    init(_ paths: [String]) {
        files = Dictionary(
            paths.map { ($0, try? FileStatus(FilePath($0), followsLink: true)) },
            uniquingKeysWith: { first, _ in first })
    }
}
