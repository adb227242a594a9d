import SystemPackage

/// Finds the ignore files of folders, in and outside of git's repositories.
enum RepositoryRules {
    /// The rules for what is in a folder.
    ///
    /// - Parameter inherited: those of the folder above; they end where another repository begins.
    static func rules(in folder: FilePath, inherited: IgnoreRules?) -> IgnoreRules? {
        let base = folder.folderBytes
        var rules = inherited
        if let repository = gitFolder(in: folder) {
            rules = file(commonFolder(repository).appending("info/exclude"), followsLink: true).map {
                IgnoreRules($0, base: base, next: nil)
            }
        }
        // Like git, which follows no link there.
        if let file = file(folder.appending(".gitignore"), followsLink: false) {
            rules = IgnoreRules(file, base: base, next: rules)
        }
        return rules
    }

    /// The rules that the folders above a folder have for it: those of the repository it is in.
    static func rules(above folder: FilePath) -> IgnoreRules? {
        var above: [FilePath] = []
        var next = folder
        guard gitFolder(in: folder) == nil else { return nil }
        while next.removeLastComponent() {
            above.append(next)
            if gitFolder(in: next) != nil {
                return above.reversed().reduce(nil) { rules, folder in Self.rules(in: folder, inherited: rules) }
            }
        }
        return nil
    }

    private static func file(_ path: FilePath, followsLink: Bool) -> IgnoreFile? {
        SmallFile.contents(of: path, limit: 16 << 20, followsLink: followsLink).flatMap(IgnoreFile.init)
    }

    /// The repository's own folder where a folder is the top of one: `.git`, or what a file of that name leads to.
    private static func gitFolder(in folder: FilePath) -> FilePath? {
        let git = folder.appending(".git")
        guard let kind = try? FileStatus(git, followsLink: true).kind else { return nil }
        switch kind {
        case .folder:
            // An empty folder of that name makes no repository.
            return (try? FileStatus(git.appending("HEAD"), followsLink: false)) == nil ? nil : git
        case .file:
            let start = Array("gitdir: ".utf8)
            guard let line = SmallFile.contents(of: git, limit: 16 << 10, followsLink: true), line.starts(with: start)
            else {
                return nil
            }
            return path(line.dropFirst(start.count), in: folder)
        default:
            return nil
        }
    }

    /// Where the files are that a repository's working trees share.
    private static func commonFolder(_ repository: FilePath) -> FilePath {
        let file = repository.appending("commondir")
        guard let line = SmallFile.contents(of: file, limit: 16 << 10, followsLink: true) else {
            return repository
        }
        return path(line[...], in: repository)
    }

    private static func path(_ line: ArraySlice<UInt8>, in folder: FilePath) -> FilePath {
        let path = FilePath(bytes: Array(line.prefix { $0 != UInt8.newline && $0 != UInt8.carriageReturn && $0 != 0 }))
        return folder.pushing(path)
    }
}
