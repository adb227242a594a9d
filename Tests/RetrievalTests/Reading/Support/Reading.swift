import Foundation
import SystemPackage

@testable import Retrieval

/// Reads text as if it were a file of that name.
func read(
    _ text: String, as name: String, mediaType: String? = nil, limits: ReadLimits = ReadLimits()
) async throws -> ReadDocument {
    try await DocumentReader(limits: limits).read(Array(text.utf8), name: name, mediaType: mediaType)
}

/// The error reading throws; nil where it throws none.
func failure(_ body: () async throws -> ReadDocument) async throws -> RetrievalError? {
    do {
        _ = try await body()
        return nil
    } catch let error as RetrievalError {
        return error
    }
}

extension ReadDocument {
    /// The text of each block.
    var texts: [String] {
        let bytes = Array(text.utf8)
        return blocks.map { String(decoding: bytes[$0.range], as: UTF8.self) }
    }

    func text(of block: Block) -> String {
        String(decoding: Array(text.utf8)[block.range], as: UTF8.self)
    }

    /// The first block that has these words.
    func block(with words: String) -> Block? { blocks.first { text(of: $0).contains(words) } }

    /// Whether blocks are parts of the text, in its order, without overlap.
    var isSound: Bool {
        let bytes = Array(text.utf8)
        var end = 0
        for block in blocks {
            guard block.range.lowerBound >= end, block.range.upperBound <= bytes.count, !block.range.isEmpty,
                String(validating: bytes[block.range], as: UTF8.self) != nil
            else { return false }
            end = block.range.upperBound
        }
        return true
    }
}

/// A folder of its own, gone at the end.
func withFolder<Result>(_ body: (FilePath) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "squire-reading-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(FilePath(folder.path(percentEncoded: false)))
}

func write(_ bytes: some Sequence<UInt8>, to path: FilePath) throws {
    let file = try FileDescriptor.open(
        path, .writeOnly, options: [.create, .truncate], permissions: [.ownerReadWrite])
    _ = try file.closeAfter { try file.writeAll(bytes) }
}
