import Confinement
import Foundation

extension PluginServer {
    /// What a plugin's program may do: read the system's programs and libraries, what lies beside its manifest, and what the
    /// manifest asks for; write its own temporary folder, in which its socket is; of what is Squire's own, nothing.
    static func confinement(
        of program: String, folder: String?, permissions: ProgramPermissions, scratch: String, protected: [String]
    ) -> Confinement {
        var run = ProgramFiles.needed(by: program) + permissions.read
        var exposed: [String] = []
        if let folder {
            // Under the prefix ~/.local, the manifests of the installation lie in the folder that is also the home.
            if protected.contains(where: { folder.hasPrefix($0 + "/manifests/") }) {
                exposed = [folder]
            } else {
                run.append(folder)
            }
        }
        if (program as NSString).deletingLastPathComponent == OwnProgram.folder {
            run += OwnProgram.libraryFolders
        }
        return Confinement(
            run: run, write: permissions.write, protected: protected, own: scratch, exposed: exposed,
            network: permissions.network ? .any : .local, limits: Confinement.Limits(openFiles: 1024))
    }
}
