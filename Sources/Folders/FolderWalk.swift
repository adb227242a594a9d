package import SystemPackage

/// The files under a path, for reading them: sorted by their bytes, those of a folder before those of its subfolders.
///
/// - Hidden files and folders are left out, and, where the selection says so, what `.gitignore` files (also those above the
///   path in its repository) and the repository's `info/exclude` name. The path itself is always gone into: it was named.
/// - Symbolic links within the folder are followed; those that lead out of it are told as `linkOutside`, unless all are to
///   be followed. Links to folders come last, so that a folder that is also here under its own name is read under that;
///   one that leads back is told as `alreadyRead`.
/// - The kernel's own file systems (`/proc`, `/sys`) are never read.
/// - What cannot be read is told with its reason, and the rest goes on.
///
/// Iterating reads folders as it goes, on the caller's thread; it holds the names of one folder, those of the
/// subfolders still to come, and sixteen bytes for each folder that was read.
package struct FolderWalk: Sequence, Sendable {
    package enum Element: Sendable {
        case file(FoundFile)
        /// What was left out, and why.
        case failed(FilePath, FolderProblem)
        /// A folder whose names are read after this; only where folders were asked for.
        case folder(FilePath)
    }

    package let root: FilePath
    /// Where it begins: the root, or what is at or under it.
    package let start: FilePath
    private let selection: FolderSelection
    private let findsFolders: Bool

    /// - Parameter root: an absolute path.
    package init(_ root: FilePath, _ selection: FolderSelection) {
        let root = root.lexicallyNormalized()
        self.init(root, start: root, selection, findsFolders: false)
    }

    private init(_ root: FilePath, start: FilePath, _ selection: FolderSelection, findsFolders: Bool) {
        self.root = root
        self.start = start
        self.selection = selection
        self.findsFolders = findsFolders
    }

    /// The part of the walk that is at or under `path`: nothing where nothing is there, and where the whole walk would
    /// not come there.
    ///
    /// - Parameter path: written as the walk gives it, beginning with `root`.
    package func at(_ path: FilePath) -> FolderWalk {
        FolderWalk(root, start: path.lexicallyNormalized(), selection, findsFolders: findsFolders)
    }

    /// The folders of the walk instead of its files, each before its names are read; what is to be told about files is
    /// not.
    var folders: FolderWalk { FolderWalk(root, start: start, selection, findsFolders: true) }

    package func makeIterator() -> FolderWalkIterator {
        FolderWalkIterator(scope: FolderScope(root: root, selection), start: start, findsFolders: findsFolders)
    }
}

/// A file that was found.
package struct FoundFile: Sendable, Hashable {
    package let path: FilePath
    /// In bytes.
    package let size: Int
    /// When it was changed, in nanoseconds since 1970.
    package let modified: Int
}
