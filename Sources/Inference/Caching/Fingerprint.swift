import CLlama
import Crypto
import Foundation

/// What a stored state depends on beside its tokens, as 32 bytes: the model file's content, how the context stores keys
/// and values, and the libllama that computed them.
enum Fingerprint {
    /// - Throws: what reading the file throws.
    static func make(modelPath: String, settings: ContextSettings) throws -> [UInt8] {
        var hash = SHA256()
        hash.update(data: try contentHash(of: modelPath))
        // Which kernels computed it, and which libllama lays it out.
        let library = unsafe [llama_version(), llama_print_system_info()]
            .map { unsafe $0.map { unsafe String(cString: $0) } ?? "" }
        let parameters =
            ([settings.storedAs.rawValue, settings.flashAttention.map(String.init) ?? "auto"] + library)
            .joined(separator: " ")
        hash.update(data: Data(parameters.utf8))
        return Array(hash.finalize())
    }

    private static func contentHash(of path: String) throws -> Data {
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? file.close() }
        var hash = SHA256()
        while let part = try file.read(upToCount: 4 << 20), !part.isEmpty { hash.update(data: part) }
        return Data(hash.finalize())
    }
}
