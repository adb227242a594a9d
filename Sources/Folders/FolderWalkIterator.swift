import SystemPackage

/// Goes through folders for `FolderWalk`.
package struct FolderWalkIterator: IteratorProtocol {
    /// Names in one folder, and how far they are gone through.
    private struct Names {
        var base: [UInt8]
        var names: FolderNames
        var rules: IgnoreRules?
        var index = 0

        mutating func next() -> (path: FilePath, kind: FileKind)? {
            guard index < names.count else { return nil }
            let (name, kind) = names[index]
            index += 1
            return (FilePath(bytes: base + name), kind)
        }
    }

    private let scope: FolderScope
    private let findsFolders: Bool
    /// A folder that is read next.
    private var entered: (path: FilePath, rules: IgnoreRules?)?
    /// What is no folder in the folder that was read last.
    private var files: Names?
    /// Subfolders still to be read, those of the deepest folder last.
    private var subfolders: [Names] = []
    /// Links to folders in the order they were found; read when all else is.
    private var links: [(path: FilePath, rules: IgnoreRules?)] = []
    private var nextLink = 0
    private var seen: Set<FileIdentity> = []
    private var first: FolderWalk.Element?

    init(scope: FolderScope, start: FilePath, findsFolders: Bool) {
        self.scope = scope
        self.findsFolders = findsFolders
        if start == scope.root {
            beginAtRoot()
        } else if let surroundings = scope.surroundings(of: start),
            let status = try? FileStatus(start, followsLink: false), let name = start.lastComponent
        {
            // A folder of one name.
            var names = FolderNames()
            names.append(name.bytes, status.kind)
            let part = Names(base: start.removingLastComponent().folderBytes, names: names, rules: surroundings.rules)
            if status.kind != .folder {
                files = part
            } else if scope.goesIntoFolders(in: start.removingLastComponent()) {
                subfolders = [part]
            }
        }
    }

    package mutating func next() -> FolderWalk.Element? {
        if let element = first.take() { return element }
        while true {
            if let folder = entered.take() {
                if let failure = read(folder.path, folder.rules) { return failure }
            } else if let file = files?.next() {
                if let element = look(at: file.path, file.kind) { return element }
            } else if let element = enterNext() {
                return element
            } else if entered == nil {
                return nil
            }
        }
    }

    private mutating func beginAtRoot() {
        let root = scope.root
        do {
            let status = try FileStatus(root, followsLink: true)
            if KernelFileSystem.holds(root) {
                first = .failed(root, .ofKernel)
            } else if status.kind == .folder {
                first = enter(root, scope.rulesAbove, isLink: false)
            } else {
                first = element(root, status)
            }
        } catch {
            first = .failed(root, .unreadable(error, isFolder: false))
        }
    }

    /// Enters the next folder that is left, if there is one.
    private mutating func enterNext() -> FolderWalk.Element? {
        files = nil
        while !subfolders.isEmpty {
            let last = subfolders.count - 1
            if let folder = subfolders[last].next() {
                return enter(folder.path, subfolders[last].rules, isLink: false)
            }
            subfolders.removeLast()
        }
        guard nextLink < links.count else { return nil }
        let link = links[nextLink]
        nextLink += 1
        return enter(link.path, link.rules, isLink: true)
    }
}

// MARK: - Folders

extension FolderWalkIterator {
    private mutating func enter(_ path: FilePath, _ rules: IgnoreRules?, isLink: Bool) -> FolderWalk.Element? {
        do {
            let identity = try FileStatus(path, followsLink: true).identity
            guard seen.insert(identity).inserted, !isLink || !scope.isElsewhere(path, identity) else {
                return .failed(path, .alreadyRead)
            }
            // Asked once a folder, since another file system may be mounted on any.
            if KernelFileSystem.holds(path) { return .failed(path, .ofKernel) }
            entered = (path, rules)
            return findsFolders ? .folder(path) : nil
        } catch {
            return .failed(path, .unreadable(error, isFolder: true))
        }
    }

    private mutating func read(_ path: FilePath, _ inherited: IgnoreRules?) -> FolderWalk.Element? {
        let base = path.folderBytes
        let rules = scope.rules(in: path, inherited: inherited)
        var others = FolderNames()
        var folders = FolderNames()
        var failure: FolderWalk.Element?
        do {
            try FolderNames.forEach(in: path) { name, kind in
                guard name.first != UInt8.dot else { return }
                var kind = kind
                if kind == .unknown {
                    let path = FilePath(bytes: base + name)
                    kind = (try? FileStatus(path, followsLink: false).kind) ?? .unknown
                }
                if findsFolders, kind != .folder, kind != .link { return }
                if let rules, rules.ignores(base + name, isFolder: kind == .folder) { return }
                if kind == .folder { folders.append(name, kind) } else { others.append(name, kind) }
            }
        } catch {
            failure = .failed(path, .unreadable(error, isFolder: true))
        }
        others.sort()
        folders.sort()
        files = Names(base: base, names: others, rules: rules)
        if folders.count > 0, scope.goesIntoFolders(in: path) {
            subfolders.append(Names(base: base, names: folders, rules: rules))
        }
        return failure
    }
}

// MARK: - Files

extension FolderWalkIterator {
    private mutating func look(at path: FilePath, _ kind: FileKind) -> FolderWalk.Element? {
        if findsFolders, kind != .link { return nil }
        do {
            let status = try FileStatus(path, followsLink: true)
            if kind == .link {
                if KernelFileSystem.holds(path) { return .failed(path, .ofKernel) }
                if scope.leadsOutside(path) { return .failed(path, .linkOutside(to: path.real)) }
            }
            if status.kind == .folder {
                if scope.goesIntoFolders(in: path.removingLastComponent()) { links.append((path, files?.rules)) }
                return nil
            }
            return findsFolders ? nil : element(path, status)
        } catch {
            // What was no link is gone since its folder was read; a link that leads nowhere was there.
            if findsFolders || kind != .link && error == .noSuchFileOrDirectory { return nil }
            return .failed(path, kind == .link ? .dead(error) : .unreadable(error, isFolder: false))
        }
    }

    private func element(_ path: FilePath, _ status: FileStatus) -> FolderWalk.Element {
        guard status.kind == .file else { return .failed(path, .noFile(status.kind)) }
        return .file(FoundFile(path: path, size: status.size, modified: status.modified))
    }
}

extension FolderProblem {
    /// - Parameter error: what came of looking where a link leads to.
    fileprivate static func dead(_ error: Errno) -> FolderProblem {
        switch error {
        case .noSuchFileOrDirectory, .tooManySymbolicLinkLevels: .deadLink(error)
        default: .unreadable(error, isFolder: false)
        }
    }
}
