import CLlama
import Foundation

/// The part of ggml that computes on the processor.
///
/// A libllama that was built for one machine is linked with it. A portable one (`make dist`) has a library for each kind of
/// processor beside itself, of which the best that this processor can run is loaded here. No program can be linked with what
/// is chosen at run time, so its functions are asked for by name, in both cases.
enum ProcessorBackend {
    // As ggml-cpu.h declares them.
    private typealias NewThreads = @convention(c) (UnsafeMutablePointer<ggml_threadpool_params>?) -> ggml_threadpool_t?
    private typealias FreeThreads = @convention(c) (ggml_threadpool_t?) -> Void

    /// Whether there is one; without it libllama loads no model, and says so.
    ///
    /// Where it is not linked in it is loaded, once in the life of the process, and before `llama_backend_init`, which would
    /// look for it in the current folder too, where anybody may have put something.
    static let isLoaded: Bool = {
        if ggml_backend_reg_count() == 0, let folder = libraries {
            unsafe ggml_backend_load_all_from_path(folder)
        }
        return ggml_backend_reg_count() > 0
    }()

    /// The folder of the libraries that came with this program (`scripts/install.sh`).
    private static var libraries: String? {
        let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return program.map { ($0 as NSString).deletingLastPathComponent + "/../lib/squire" }
    }

    // MARK: Threads

    /// Threads that stay from one computation to the next; nil where the backend makes none, and then each computation starts
    /// its own.
    static func makeThreads(_ parameters: ggml_threadpool_params) -> ggml_threadpool_t? {
        guard let make = unsafe function("ggml_threadpool_new", NewThreads.self) else { return nil }
        var parameters = parameters
        return unsafe make(&parameters)
    }

    /// Ends threads that `makeThreads` made.
    static func end(_ threads: ggml_threadpool_t?) {
        guard let threads = unsafe threads, let free = unsafe function("ggml_threadpool_free", FreeThreads.self) else {
            return
        }
        unsafe free(threads)
    }

    // MARK: Features

    /// Whether ggml would compute with AMX's tiles, for which it lays out the weights anew when a model is loaded.
    static let hasTiles: Bool = {
        guard isLoaded, let device = unsafe ggml_backend_dev_by_type(GGML_BACKEND_DEVICE_TYPE_CPU),
            let list = unsafe function("ggml_backend_get_features", ggml_backend_get_features_t.self),
            var feature = unsafe list(ggml_backend_dev_backend_reg(device))
        else { return false }
        // The list ends with a feature without a name.
        while let name = unsafe feature.pointee.name {
            if unsafe strcmp(name, "AMX_INT8") == 0 { return true }
            unsafe feature += 1
        }
        return false
    }()

    /// - Parameter type: what ggml-cpu.h declares the function as.
    private static func function<F>(_ name: String, _ type: F.Type) -> F? {
        guard isLoaded, let device = unsafe ggml_backend_dev_by_type(GGML_BACKEND_DEVICE_TYPE_CPU),
            let address = unsafe ggml_backend_reg_get_proc_address(ggml_backend_dev_backend_reg(device), name)
        else { return nil }
        return unsafe unsafeBitCast(address, to: type)
    }
}
