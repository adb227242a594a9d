import Foundation

/// The files of one model: one, or the parts that libllama opens by name where the first is named as one of several
/// (`-00001-of-00003.gguf`).
package struct ModelParts: Sendable, Hashable {
    /// Those that are there, the one that was named among them.
    package let paths: [String]

    package init(of model: String) {
        guard let name = model.wholeMatch(of: /(.*-)[0-9]{5}(-of-)([0-9]{5})(\.gguf)/), let count = Int(name.3),
            count > 1
        else {
            paths = [model]
            return
        }
        paths = (1...count).map { number in
            let digits = String(number)
            let padded = String(repeating: "0", count: 5 - digits.count) + digits
            return "\(name.1)\(padded)\(name.2)\(name.3)\(name.4)"
        }.filter { $0 == model || FileManager.default.fileExists(atPath: $0) }
    }

    /// What tells each from another that stands, or stood, at its path.
    ///
    /// - Returns: nil where one is no regular file.
    var identities: [FileIdentity]? {
        let found = paths.compactMap(FileIdentity.init(of:))
        return found.count == paths.count ? found : nil
    }

    /// Of all files together.
    var bytes: Int { paths.reduce(0) { $0 + (FileIdentity(of: $1)?.bytes ?? 0) } }
}
