import CLlama
import Digest
import Foundation

/// What a stored state depends on beside its tokens, as 32 bytes: which model file it is, how the context stores keys
/// and values, and the libllama that computed them.
///
/// The file is told by what the system knows of it, not by its bytes: to read gigabytes takes seconds of every start. A
/// file that was moved or copied costs one computation more.
enum Fingerprint {
    /// - Throws: where there is no such file.
    static func make(modelPath: String, settings: ContextSettings) throws -> [UInt8] {
        guard let file = FileIdentity(of: modelPath) else { throw CocoaError(.fileNoSuchFile) }
        // Which kernels computed it, and which libllama lays it out.
        let library = unsafe [llama_version(), llama_print_system_info()]
            .map { unsafe $0.map { unsafe String(cString: $0) } ?? "" }
        let identity =
            [file.device, file.inode].map(String.init) + [file.bytes, file.modified, file.changed].map(String.init)
        let parameters =
            (identity + [settings.storedAs.rawValue, settings.flashAttention.map(String.init) ?? "auto"] + library)
            .joined(separator: " ")
        return SHA256.sum(of: Data(parameters.utf8)).bytes
    }
}
