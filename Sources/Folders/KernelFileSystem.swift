import SystemPackage

/// The kernel's own state as files: what they hold is nobody's document, and reading some of them does something.
enum KernelFileSystem {
    private static let places: [FilePath] = ["/proc", "/sys"]

    /// Their file systems, which may be mounted in other places too.
    private static let devices = Set(places.compactMap { try? FileStatus($0, followsLink: true).identity.device })
        // Where nothing is mounted on them they are folders like others.
        .subtracting([try? FileStatus("/", followsLink: true).identity.device].compactMap(\.self))

    /// Whether a path leads to such a file. One that leads nowhere does not.
    static func holds(_ path: FilePath) -> Bool {
        guard let real = path.real, let status = try? FileStatus(real, followsLink: true) else { return false }
        // Others are mounted in them: debugfs, tracefs, cgroup.
        return devices.contains(status.identity.device) || places.contains { real.starts(with: $0) }
    }
}
