import SystemPackage

/// What a walk of one folder comes to: by name, without walking.
struct FolderScope {
    let root: FilePath
    private let followsLinks: Bool
    private let realRoot: FilePath?
    private let ancestors: Set<FileIdentity>

    init(root: FilePath, followsLinks: Bool) {
        self.root = root
        self.followsLinks = followsLinks
        realRoot = root.real
        var ancestors: Set<FileIdentity> = []
        if var next = realRoot {
            while next.removeLastComponent() {
                if let status = try? FileStatus(next, followsLink: true) { ancestors.insert(status.identity) }
            }
        }
        self.ancestors = ancestors
    }

    /// What holds in the folder that a path is in.
    struct Surroundings {
        let rules: IgnoreRules?
    }

    /// Nil where the walk does not come to the path, because it or a folder on the way is hidden or ignored. What is
    /// gone is taken for what would not be ignored.
    func surroundings(of path: FilePath) -> Surroundings? {
        guard path.starts(with: root), path != root else { return nil }
        var folder = root
        var rules = RepositoryRules.rules(above: root)
        for component in path.components.dropFirst(root.components.count) {
            rules = RepositoryRules.rules(in: folder, inherited: rules)
            folder.append(component)
            guard component.bytes.first != UInt8.dot else { return nil }
            if !followsLinks, (try? FileStatus(folder, followsLink: false).kind) == .link, folder != path,
                leadsOutside(folder)
            {
                return nil
            }
            guard let rules else { continue }
            let kind = try? FileStatus(folder, followsLink: false).kind
            let isIgnored =
                switch kind {
                case nil where folder == path:
                    rules.ignores(folder.bytes, isFolder: true) && rules.ignores(folder.bytes, isFolder: false)
                case nil, .folder: rules.ignores(folder.bytes, isFolder: true)
                default: rules.ignores(folder.bytes, isFolder: false)
                }
            if isIgnored { return nil }
        }
        return Surroundings(rules: rules)
    }

    /// Whether a symbolic link leads to where this walk does not go.
    func leadsOutside(_ link: FilePath) -> Bool {
        guard !followsLinks, let realRoot, let target = link.real else { return false }
        return !target.starts(with: realRoot)
    }

    /// Whether the folder that a link leads to holds the root, or is come to under its own name.
    func isElsewhere(_ link: FilePath, _ identity: FileIdentity) -> Bool {
        if ancestors.contains(identity) { return true }
        guard let realRoot, let target = link.real, target.starts(with: realRoot) else { return false }
        var path = root
        for component in target.components.dropFirst(realRoot.components.count) { path.append(component) }
        return path == root || surroundings(of: path) != nil
    }
}
