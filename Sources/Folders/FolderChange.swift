package import SystemPackage

/// What became of a folder that is followed.
package enum FolderChange: Sendable, Hashable {
    /// What is at or under these paths may not be what it was: made, written, renamed or gone.
    case changed(Set<FilePath>)
    /// Anything may have changed, so that the whole folder is to be gone through.
    case everything(Reason)
    /// The folder itself is not there. It is waited for.
    case gone

    package enum Reason: Sendable, Hashable, CustomStringConvertible {
        /// From now on changes are told; what was before is for the receiver to find.
        case begun
        /// More changed at once than could be told.
        case tooMuch
        /// The folder was away, or another took its place.
        case cameBack
        /// Changes cannot be followed here; the folder is to be gone through from time to time, and this is such a time.
        case periodic(String)

        package var isPeriodic: Bool {
            if case .periodic = self { true } else { false }
        }

        package var description: String {
            switch self {
            case .begun: "the folder is followed from now on"
            case .tooMuch: "more changed at once than could be told"
            case .cameBack: "the folder is back, or another one is in its place"
            case .periodic(let reason): reason
            }
        }
    }
}
