package import Core
import Foundation

/// The cases of a file of `Data`, a JSON object a line. People who do not program add lines.
package enum DataLines {
    /// - Parameters:
    ///   - name: of the file in the folder `Data` beside `source`.
    ///   - source: the path of a suite's file.
    /// - Throws: `DataLineError`, which names the line, where one cannot be read; what reading the file throws.
    package static func read<Case: Decodable>(_ name: String, beside source: String) throws -> [Case] {
        let file = URL(filePath: source).deletingLastPathComponent().appending(path: "Data/\(name)")
        let lines = try String(contentsOf: file, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        return try lines.enumerated().filter { !$1.isEmpty }.map { number, line in
            do {
                return try JSONValue(parsing: String(line)).decode()
            } catch {
                throw DataLineError(place: "\(name), line \(number + 1)", reason: "\(error)")
            }
        }
    }
}

package struct DataLineError: Error {
    package var place: String
    package var reason: String
}

/// What a text gives where something is read in it: `{"text": "at 3 pm", "gives": ["3 pm"]}`.
///
/// A line that is right and fails today has `"known"` with the reason. Its test fails as soon as it passes: then the
/// reason goes.
package struct TextCase: Decodable, Sendable, CustomStringConvertible {
    package var text: String
    package var gives: JSONValue
    package var known: String?

    package var description: String { text }
}
