import Foundation
import Testing

@testable import Understanding

/// The file that vectors are kept in.
struct VectorFileTests {
    private func withFile(_ body: (VectorFile, String) throws -> Void) rethrows {
        let folder = FileManager.default.temporaryDirectory.path + "/squire-vectors-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(VectorFile(folder: folder, maker: "m"), folder)
    }

    @Test func `what was appended is read, of those texts that are asked for`() {
        withFile { file, _ in
            #expect(file.read(["one"]).isEmpty)
            file.append([("one", [1, 0]), ("two", [0, 1])])
            file.append([("three", [0.6, 0.8])])
            #expect(file.read(["three", "one", "four"]) == ["one": [1, 0], "three": [0.6, 0.8]])
            #expect(file.read([]).isEmpty)
        }
    }

    @Test func `vectors of several widths, or none, are not written`() throws {
        try withFile { file, folder in
            file.append([])
            file.append([("one", [1, 0]), ("two", [0, 1, 0])])
            #expect(!FileManager.default.fileExists(atPath: folder))
            file.append([("one", [1, 0])])
            let size = try Data(contentsOf: URL(fileURLWithPath: file.path)).count
            file.append([("two", [1]), ("three", [1, 0])])
            #expect(try Data(contentsOf: URL(fileURLWithPath: file.path)).count == size)
        }
    }

    @Test func `vectors of another width begin the file anew`() {
        withFile { file, _ in
            file.append([("one", [1, 0])])
            file.append([("two", [0, 1, 0])])
            #expect(file.read(["one", "two"]) == ["two": [0, 1, 0]])
        }
    }

    @Test func `each maker has a file, which nobody else reads`() throws {
        try withFile { file, folder in
            file.append([("one", [1, 0])])
            let other = VectorFile(folder: folder, maker: "n")
            #expect(other.path != file.path)
            // Even under the other's name.
            try FileManager.default.copyItem(atPath: file.path, toPath: other.path)
            #expect(other.read(["one"]).isEmpty)
            let access = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
            #expect(access == 0o600)
        }
    }

    @Test func `a key is of the text alone, and keys of two texts differ`() {
        #expect(VectorFile.Key("a text") == VectorFile.Key("a text"))
        #expect(VectorFile.Key("a text") != VectorFile.Key("a text "))
        let key = VectorFile.Key("a text")
        #expect(key.bytes.count == VectorFile.Key.size && VectorFile.Key(key.bytes[...]) == key)
    }

    @Test func `several that append at once lose nothing`() async {
        let folder = FileManager.default.temporaryDirectory.path + "/squire-vectors-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        await withTaskGroup(of: Void.self) { group in
            for writer in 0..<8 {
                group.addTask {
                    for number in 0..<20 {
                        VectorFile(folder: folder, maker: "m").append([("\(writer) \(number)", [1, 0])])
                    }
                }
            }
        }
        let texts = (0..<8).flatMap { writer in (0..<20).map { "\(writer) \($0)" } }
        #expect(VectorFile(folder: folder, maker: "m").read(texts).count == 160)
    }
}
