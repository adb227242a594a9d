import Folders
import SystemPackage

extension RetrievalError {
    /// Why a file or folder was not read, for its owner.
    init(_ problem: FolderProblem) {
        self =
            switch problem {
            case .unreadable(let error, let isFolder):
                RetrievalError(.unreadable, "The \(isFolder ? "folder" : "file") cannot be read: \(error).")
            case .deadLink(let error):
                RetrievalError(
                    .unreadable,
                    "It is a symbolic link that leads \(error == .tooManySymbolicLinkLevels ? "to itself" : "nowhere")."
                )
            case .ofKernel:
                RetrievalError(
                    .unsupported, "It belongs to the kernel (/proc, /sys and their like), and is never read.")
            case .noFile(let kind):
                RetrievalError(.unsupported, "It is \(Self.name(of: kind)): there is no text in it to read.")
            case .alreadyRead:
                RetrievalError(.alreadyRead, "It leads to a folder that is read under another name.")
            case .linkOutside(let target):
                RetrievalError(
                    .linkOutside,
                    "It is a symbolic link to \(target?.string ?? "a place") outside of the folder; add that place itself, or allow such links (--follow-links)."
                )
            }
    }

    private static func name(of kind: FileKind) -> String {
        switch kind {
        case .pipe: "a named pipe"
        case .socket: "a socket"
        case .device: "a device"
        case .file, .folder, .link, .unknown: "no file"
        }
    }
}
