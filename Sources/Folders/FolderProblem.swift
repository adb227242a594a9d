package import SystemPackage

/// Why a walk leaves something out.
package enum FolderProblem: Sendable, Hashable {
    /// The system does not let it be read, for this reason.
    case unreadable(Errno, isFolder: Bool)
    /// A symbolic link that leads nowhere, or to itself.
    case deadLink(Errno)
    /// It belongs to the kernel's own file systems.
    case ofKernel
    /// It is neither a file nor a folder.
    case noFile(FileKind)
    /// A symbolic link leads to a folder that is read under another name, or that holds the one that is read.
    case alreadyRead
    /// A symbolic link leads out of the folder that is read, to this place.
    case linkOutside(to: FilePath?)
}
