import Core
import Foundation
import SystemPackage

/// A file with bytes for a program that reads files, in a folder that this user alone can look into; gone when the scope ends.
enum TemporaryFile {
    /// - Parameter suffix: `.pdf`, for programs that go by it.
    static func with<Result>(
        _ bytes: [UInt8], suffix: String, _ body: (_ path: String) async throws -> Result
    ) async throws -> Result {
        let folder: String
        let path: String
        do {
            let beginning = (NSTemporaryDirectory() as NSString).appendingPathComponent("squire-")
            guard let made = NewFolder.make(beginning) else { throw Errno(rawValue: errno) }
            folder = made
            path = "\(folder)/document\(suffix)"
        } catch {
            throw unwritable(NSTemporaryDirectory(), error)
        }
        defer { try? FileManager.default.removeItem(atPath: folder) }
        do {
            let file = try FileDescriptor.open(
                FilePath(path), .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
                permissions: [.ownerReadWrite])
            _ = try file.closeAfter { try file.writeAll(bytes) }
        } catch {
            throw unwritable(path, error)
        }
        return try await body(path)
    }

    private static func unwritable(_ path: String, _ error: any Error) -> RetrievalError {
        RetrievalError(
            .unreadable, "a copy for its converter could not be written to \(path): \(error); make room there")
    }
}
