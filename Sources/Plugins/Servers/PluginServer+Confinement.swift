import Confinement
import Foundation

extension PluginServer {
    /// What a plugin's program may do: read the system's programs and libraries, what lies beside its manifest, and what the
    /// manifest asks for; write its own temporary folder, in which its socket is; of what is Squire's own, nothing.
    static func confinement(
        of program: String, folder: String?, permissions: ProgramPermissions, scratch: String, protected: [String]
    ) -> Confinement {
        var run = ProgramFiles.needed(by: program) + permissions.read
        var exposed: String?
        if let folder {
            // Under the prefix ~/.local, the manifests of the installation lie in the folder that is also the home.
            if protected.contains(where: { folder.hasPrefix($0 + "/manifests/") }) {
                exposed = folder
            } else {
                run.append(folder)
            }
        }
        if (program as NSString).deletingLastPathComponent == ownFolder {
            run += ["\(ownFolder)/../lib/squire"] + ownLibraryFolders
        }
        return Confinement(
            run: run, write: permissions.write, protected: protected, own: scratch, exposed: exposed,
            network: permissions.network ? .any : .local, limits: Confinement.Limits(openFiles: 1024))
    }

    /// The folder of the daemon's own program.
    static let ownFolder: String = {
        let own =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return (own as NSString).deletingLastPathComponent
    }()

    /// Where the libraries are that this process has loaded: those of Swift, where they are not linked in, are what the
    /// programs need that were built with it.
    private static let ownLibraryFolders: [String] = {
        let maps = (try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8)) ?? ""
        let folders = maps.split(separator: "\n").compactMap { line -> String? in
            guard let slash = line.firstIndex(of: "/"), line.contains(".so") else { return nil }
            return (String(line[slash...]) as NSString).deletingLastPathComponent
        }
        return Set(folders).sorted()
    }()
}
