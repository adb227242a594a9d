import Foundation
import SystemPackage

/// A file with bytes for a program that reads files, readable by this user alone; gone when the scope ends.
enum TemporaryFile {
    /// - Parameter suffix: `.pdf`, for programs that go by it.
    static func with<Result>(
        _ bytes: [UInt8], suffix: String, _ body: (_ path: String) async throws -> Result
    ) async throws -> Result {
        let path = NSTemporaryDirectory() + "/squire-\(UUID().uuidString)\(suffix)"
        do {
            let file = try FileDescriptor.open(
                FilePath(path), .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
                permissions: [.ownerReadWrite])
            _ = try file.closeAfter { try file.writeAll(bytes) }
        } catch {
            throw RetrievalError(
                .unreadable, "a copy for its converter could not be written to \(path): \(error); make room there")
        }
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try await body(path)
    }
}
