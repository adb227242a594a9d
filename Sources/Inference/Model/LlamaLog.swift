import CLlama
import Foundation
import Synchronization

/// libllama's log, which is one for the whole process. It is the only place where libllama says why loading a model
/// or parsing a grammar failed, so its last lines are kept.
enum LlamaLog {
    private static let recent = Mutex<[String]>([])
    private static let kept = 64

    /// Takes the log over and starts the backends, once in the life of the process.
    static let start: Void = {
        unsafe llama_log_set(
            { level, text, _ in
                guard level == GGML_LOG_LEVEL_ERROR || level == GGML_LOG_LEVEL_WARN, let text = unsafe text else {
                    return
                }
                let line = unsafe String(cString: text).trimmingCharacters(in: .whitespacesAndNewlines)
                guard !line.isEmpty else { return }
                LlamaLog.recent.withLock { lines in
                    lines.append(line)
                    if lines.count > LlamaLog.kept { lines.removeFirst() }
                }
            }, nil)
        if ProcessorBackend.isLoaded { llama_backend_init() }
    }()

    /// Runs `body` and gives, beside its result, what libllama complained of meanwhile. Lines of another thread's
    /// work can be among them.
    static func collecting<R>(_ body: () -> R) -> (result: R, lines: [String]) {
        start
        recent.withLock { $0.removeAll() }
        let result = body()
        return (result, recent.withLock { $0 })
    }
}
