import Core
import Foundation
import JSONRPC

/// One line of a JSON Lines file.
struct JSONLine: Sendable {
    var file: String
    /// From 1.
    var number: Int
    var value: JSONValue

    /// The lines of a file that are not blank.
    ///
    /// - Throws: `suiteUnreadable`; `suiteDamaged`, naming the file and the line.
    static func read(_ path: String) throws -> [JSONLine] {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw EvaluationError(
                .suiteUnreadable, "\(path) cannot be read: \(error.localizedDescription); check the path",
                cause: error)
        }
        let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return try lines.enumerated().compactMap { index, line in
            guard line.contains(where: { ![0x20, 0x09, 0x0D].contains($0) }) else { return nil }
            do {
                let value = try JSONValue(parsing: Array(line))
                return JSONLine(file: path, number: index + 1, value: value)
            } catch {
                throw EvaluationError(
                    .suiteDamaged, "\(path), line \(index + 1): is no JSON; write one object a line", cause: error)
            }
        }
    }

    /// - Throws: `suiteDamaged`, naming the member that does not fit.
    func decode<T: Decodable>(_ type: T.Type = T.self) throws -> T {
        do {
            return try T(decoding: value)
        } catch let error as DecodingError {
            throw damaged(error.explanation)
        }
    }

    func damaged(_ problem: String) -> EvaluationError {
        EvaluationError(.suiteDamaged, "\(file), line \(number): \(problem)")
    }
}
