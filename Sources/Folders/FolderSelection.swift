/// What of that which is in a folder counts, beside that hidden files and folders do not.
package struct FolderSelection: Sendable, Hashable {
    /// Whether symbolic links that lead out of the folder are followed too.
    package var followsLinks: Bool
    /// Whether what git's ignore files name is left out.
    package var obeysIgnoreFiles: Bool
    /// How deep it is gone into folders: 1 stands for what is directly in the folder; nil for all.
    package var depth: Int?

    package init(followsLinks: Bool, obeysIgnoreFiles: Bool = true, depth: Int? = nil) {
        self.followsLinks = followsLinks
        self.obeysIgnoreFiles = obeysIgnoreFiles
        self.depth = depth
    }
}
