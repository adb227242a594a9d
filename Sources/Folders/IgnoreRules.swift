/// The ignore files that hold for what is directly in one folder: the folder's own, then those above it up to the top of
/// the repository, then the repository's `info/exclude`.
final class IgnoreRules: Sendable {
    private let file: IgnoreFile
    /// The folder of the file, with a slash at its end.
    private let base: [UInt8]
    /// What is asked where this file does not say.
    private let next: IgnoreRules?

    init(_ file: IgnoreFile, base: [UInt8], next: IgnoreRules?) {
        self.file = file
        self.base = base
        self.next = next
    }

    /// Whether a file or folder is left out. Its parent folders must be asked about before it: in what is left out
    /// nothing is taken back in.
    ///
    /// - Parameters:
    ///   - path: absolute, written like that of the folders of the rules.
    ///   - isFolder: false for a symbolic link, whatever it leads to.
    func ignores(_ path: [UInt8], isFolder: Bool) -> Bool {
        let nameStart = path.lastIndex(of: UInt8.slash).map { $0 + 1 } ?? 0
        var rules = self
        while true {
            if path.count > rules.base.count,
                let verdict = rules.file.verdict(
                    path: path[rules.base.count...], name: path[nameStart...], isFolder: isFolder)
            {
                return verdict
            }
            guard let next = rules.next else { return false }
            rules = next
        }
    }
}
