import Foundation

/// Where what comes with the program is.
enum Installation {
    /// Leads each process to its own program, whatever became of its file.
    static let link = "/proc/self/exe"

    /// This program, to be started once more; also where its file was replaced by a newer one meanwhile.
    static func program() throws(DaemonError) -> String {
        #if os(Linux)
            let path = try? FileManager.default.destinationOfSymbolicLink(atPath: link)
            return path.flatMap { FileManager.default.isExecutableFile(atPath: $0) ? $0 : nil } ?? link
        #else
            guard let path = Bundle.main.executablePath else {
                throw DaemonError(.homeUnusable, "squired does not know where its own program is")
            }
            return path
        #endif
    }

    /// The folders whose manifests are read when the configuration names none: the installation's, or the checkout's
    /// when the program is run from where it was built; and the user's.
    static func pluginDirectories(environment: [String: String]) -> [String] {
        let user = environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? NSHomeDirectory() + "/.config"
        return [manifests].compactMap { $0 } + ["\(user)/squire/plugins"]
    }

    /// The installation's data: manifests and, where they were installed, models.
    static var data: String? {
        programFolder.map { $0.deletingLastPathComponent().appendingPathComponent("share/squire").path }
    }

    private static var programFolder: URL? {
        Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent()
    }

    private static var manifests: String? {
        guard let folder = programFolder else { return nil }
        let installed = folder.deletingLastPathComponent().appendingPathComponent("share/squire/manifests")
        if FileManager.default.fileExists(atPath: installed.path) { return installed.resolvingSymlinksInPath().path }
        // PREFIX/.build/debug/squired and the like: at most so many folders deep.
        var checkout = folder
        for _ in 0..<6 {
            let manifests = checkout.appendingPathComponent("manifests")
            if FileManager.default.fileExists(atPath: manifests.appendingPathComponent("almanac").path) {
                return manifests.path
            }
            checkout.deleteLastPathComponent()
        }
        return nil
    }
}
