import Core
import Foundation

/// Where a document is, as it was written on the command line and as the daemon is told, whose working directory is
/// another.
enum DocumentPlace {
    /// An `http` or `https` address as it is; any other word as an absolute path.
    static func absolute(_ word: String) -> String {
        isAddress(word) ? word : URL(fileURLWithPath: word).standardizedFileURL.path
    }

    /// An address, the absolute path of what looks like a path or is there, or else a document's id.
    static func idOrPlace(_ word: String) -> String {
        let looksLikePath = word.contains("/") || word.contains(".") || FileManager.default.fileExists(atPath: word)
        return looksLikePath ? absolute(word) : word
    }

    /// On one line, with what cannot be seen written as `\n` or `\u{202e}`, so that two names can be told apart; spaces stay
    /// as they are, so that a path can be copied.
    static func visible(_ place: String) -> String { PlainText.name(place) }

    static func isAddress(_ word: String) -> Bool {
        WebURL.isMeant(by: word)
    }
}
