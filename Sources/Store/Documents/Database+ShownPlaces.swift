import Foundation
import GRDB

extension Database {
    /// The path that is shown as `place`, of a document or a folder of documents. A name that is no UTF-8 is shown, and
    /// comes back from a command line, with U+FFFD where its bytes say nothing.
    ///
    /// - Returns: nil where there is none, or several are shown so.
    package func place(shownAs place: [UInt8], collection: String?) async throws -> [UInt8]? {
        guard let mark = place.firstRange(of: Array("\u{FFFD}".utf8)) else { return nil }
        let slash = UInt8(ascii: "/")
        // All of the folder that the first such name is in.
        let folder = Array(
            place[..<mark.lowerBound].prefix(through: place[..<mark.lowerBound].lastIndex(of: slash) ?? 0))
        let depth = place.count { $0 == slash } + 1
        let shown = String(decoding: place, as: UTF8.self)
        let candidates = try await documents(under: folder, collection: collection).map(\.source)
        let places = Set(
            candidates.compactMap { source -> [UInt8]? in
                let parts = source.split(separator: slash, omittingEmptySubsequences: false)
                guard parts.count >= depth else { return nil }
                let place = Array(parts.prefix(depth).joined(separator: [slash]))
                return String(decoding: place, as: UTF8.self) == shown ? place : nil
            })
        return places.count == 1 ? places.first : nil
    }

    /// The id of the document that is `word`, or that alone begins with it; nil where there is none.
    ///
    /// - Throws: `idAmbiguous`.
    package func documentID(_ word: String) async throws -> String? {
        try await read { try $0.id(word, of: .documents) }
    }
}
