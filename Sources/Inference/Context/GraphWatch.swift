import CLlama

/// What is looked at between the operations of a graph that is being computed, by libllama's abort callback: whether
/// anybody still wants it, and who else wants the cores. The callback runs on the thread that decodes, which owns the
/// context and this, so that no lock is needed.
final class GraphWatch {
    private var flags: [CancelFlag] = []
    private var calls = 0
    private var cores = FreeCores()
    /// Threads of a context at most: for one token a sequence, and for more.
    private let most: (generating: Int, reading: Int)
    private var set: (generating: Int, reading: Int)

    /// A graph has about a thousand operations, and its other threads wait while one asks.
    private static let interval = 16

    init(generating: Int, reading: Int) {
        most = (generating, reading)
        set = most
    }

    /// Has a context that is made with these parameters ask. The watch must outlive it.
    func attach(to parameters: inout llama_context_params) {
        unsafe parameters.n_threads = Int32(most.generating)
        unsafe parameters.n_threads_batch = Int32(most.reading)
        unsafe parameters.abort_callback = {
            guard let watch = unsafe $0 else { return false }
            return unsafe Unmanaged<GraphWatch>.fromOpaque(watch)._withUnsafeGuaranteedRef { $0.shouldStop() }
        }
        unsafe parameters.abort_callback_data = Unmanaged.passUnretained(self).toOpaque()
    }

    /// Computes a graph.
    ///
    /// - Parameters:
    ///   - context: made with this watch's parameters.
    ///   - wanted: computing stops when none of the flags is unset any more; without flags it does not.
    ///   - limit: of threads.
    func compute(
        on context: OpaquePointer, wanted: [CancelFlag], limit: Int = .max, _ body: () -> Int32
    ) -> Int32 {
        let now = (
            generating: cores.threads(of: min(limit, most.generating)),
            reading: cores.threads(of: min(limit, most.reading))
        )
        if now != set {
            set = now
            unsafe llama_set_n_threads(context, Int32(now.generating), Int32(now.reading))
        }
        flags = wanted
        defer { flags = [] }
        return body()
    }

    /// Whether to stop, asked after each operation.
    private func shouldStop() -> Bool {
        calls &+= 1
        guard calls % Self.interval == 0 else { return false }
        cores.look(at: .now)
        return !flags.isEmpty && flags.allSatisfy(\.isSet)
    }
}
