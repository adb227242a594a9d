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
    /// The most tokens of one decode.
    package var batch = 512
    /// Threads for generating (one token a sequence); nil takes all cores.
    package var threads: Int?
    /// Threads for reading prompts; nil takes as many as for generating.
    package var promptThreads: Int?
    package var cacheType = CacheType.f16
    /// nil lets libllama choose.
    package var flashAttention: Bool?
    /// Answers generated at once.
    package var parallel = 8
    /// Whether tokens are guessed from what the text repeats, and verified together.
    package var speculation = true

    package init() {}

    /// These settings, with what tuning chose where they say no more than what holds without them.
    package func filled(from tuned: ContextSettings) -> ContextSettings {
        let plain = ContextSettings()
        var filled = self
        filled.threads = threads ?? tuned.threads
        filled.promptThreads = promptThreads ?? (threads == nil ? tuned.promptThreads : nil)
        filled.flashAttention = flashAttention ?? tuned.flashAttention
        if batch == plain.batch { filled.batch = tuned.batch }
        if cacheType == plain.cacheType { filled.cacheType = tuned.cacheType }
        return filled
    }
}
