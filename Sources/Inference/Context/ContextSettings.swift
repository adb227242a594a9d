import CLlama
import Foundation

/// How a model is run: what `squire model tune` measures and chooses.
package struct ContextSettings: Sendable, Hashable, Codable {
    /// How keys and values are stored.
    package enum CacheType: String, Sendable, Hashable, Codable, CaseIterable {
        case f16
        case q8 = "q8_0"

        var ggmlType: ggml_type {
            switch self {
            case .f16: GGML_TYPE_F16
            case .q8: GGML_TYPE_Q8_0
            }
        }
    }

    /// The most tokens of one prompt and its answer together.
    package var context = 4096
    /// Tokens whose keys and values are kept in memory, over all conversations; nil is as many as `context`.
    package var cache: Int?
    /// Memory for keys and values of idle conversations, beside the cells.
    package var parkedMegabytes = 256
    /// The most tokens of one decode; nil is 512.
    package var batch: Int?
    /// Threads for generating (one token a sequence); nil takes all cores.
    package var threads: Int?
    /// Threads for reading prompts; nil takes as many as for generating.
    package var promptThreads: Int?
    /// nil is f16.
    package var cacheType: CacheType?
    /// nil lets libllama choose.
    package var flashAttention: Bool?
    /// Answers generated at once.
    package var parallel = 8
    /// Whether tokens are guessed from what the text repeats, and verified together.
    package var speculation = true

    package init() {}

    var batchSize: Int { batch ?? 512 }
    var storedAs: CacheType { cacheType ?? .f16 }

    /// These settings, with what tuning chose where they say nothing.
    package func filled(from tuned: ContextSettings) -> ContextSettings {
        var filled = self
        filled.threads = threads ?? tuned.threads
        filled.promptThreads = promptThreads ?? (threads == nil ? tuned.promptThreads : nil)
        filled.flashAttention = flashAttention ?? tuned.flashAttention
        filled.batch = batch ?? tuned.batch
        filled.cacheType = cacheType ?? tuned.cacheType
        // libllama reads quantized values with flash attention only.
        if filled.flashAttention == false, cacheType == nil { filled.cacheType = nil }
        return filled
    }
}
