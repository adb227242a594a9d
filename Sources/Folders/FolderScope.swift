import SystemPackage

/// What a walk of one folder comes to: by name, without walking.
struct FolderScope {
    let root: FilePath
    private let selection: FolderSelection
    private let realRoot: FilePath?
    private let ancestors: Set<FileIdentity>

    init(root: FilePath, _ selection: FolderSelection) {
        self.root = root
        self.selection = selection
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
        guard path.starts(with: root), path != root, selection.depth.map({ depth(of: path) <= $0 }) ?? true else {
            return nil
        }
        var folder = root
        var rules = rulesAbove
        for component in path.components.dropFirst(root.components.count) {
            rules = self.rules(in: folder, inherited: rules)
            folder.append(component)
            guard component.bytes.first != UInt8.dot else { return nil }
            if !selection.followsLinks, (try? FileStatus(folder, followsLink: false).kind) == .link, folder != path,
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

    /// How deep what is at a path lies: 1 directly in the root.
    private func depth(of path: FilePath) -> Int { path.components.count - root.components.count }

    /// Whether the folders in a folder count with what is in them.
    func goesIntoFolders(in folder: FilePath) -> Bool {
        selection.depth.map { depth(of: folder) + 1 < $0 } ?? true
    }

    /// The ignore files that hold in the root already.
    var rulesAbove: IgnoreRules? { selection.obeysIgnoreFiles ? RepositoryRules.rules(above: root) : nil }

    /// The ignore files that hold for what is in a folder.
    func rules(in folder: FilePath, inherited: IgnoreRules?) -> IgnoreRules? {
        selection.obeysIgnoreFiles ? RepositoryRules.rules(in: folder, inherited: inherited) : nil
    }

    /// Whether a file of this name, hidden itself, says what else counts.
    func isRules(_ name: [UInt8]) -> Bool {
        selection.obeysIgnoreFiles && (name == Array(".gitignore".utf8) || name == Array(".git".utf8))
    }

    /// Whether a symbolic link leads to where this walk does not go.
    func leadsOutside(_ link: FilePath) -> Bool {
        guard !selection.followsLinks, let realRoot, let target = link.real else { return false }
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
