import Foundation

/// What a GGUF file says before libllama reads it, and what libllama's complaints about it mean.
enum GGUFFile {
    /// The first bytes of every GGUF file (ggml's `docs/gguf.md`, "File structure").
    private static let magic = Data("GGUF".utf8)

    /// Throws where there is no readable file, it is no GGUF file, or its header says what cannot be.
    static func check(_ path: String) throws(InferenceError) {
        var isDirectory: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw InferenceError(
                .modelMissing,
                "there is no model file at \(path); name one with model.path in the configuration, run `make models`, or install the package squire-models"
            )
        }
        guard !isDirectory.boolValue else {
            throw InferenceError(.modelNotGGUF, "\(path) is a folder; name a GGUF file in it")
        }
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw InferenceError(.modelMissing, "\(path) cannot be read by this user; check its permissions")
        }
        defer { try? file.close() }
        guard let head = try? file.read(upToCount: magic.count), head == magic else {
            throw InferenceError(
                .modelNotGGUF,
                "\(path) is not a GGUF file: it does not begin with \"GGUF\"; convert or download a GGUF model")
        }
        guard let identity = FileIdentity(of: path), (try? file.seek(toOffset: 0)) != nil else {
            throw InferenceError(.modelNotGGUF, "\(path) is no regular file; name a GGUF file")
        }
        do throws(GGUFProblem) {
            var input = GGUFInput(file, size: identity.bytes)
            try GGUFHeader(reading: &input).checkSense()
        } catch {
            switch error {
            case .ends: throw truncated(path)
            case .invalid(let problem):
                throw InferenceError(
                    .modelInvalid,
                    "\(path) is a GGUF file whose header is wrong: \(problem); it is not loaded. Download it again, or use another model"
                )
            }
        }
    }

    private static func truncated(_ path: String) -> InferenceError {
        InferenceError(.modelTruncated, "\(path) is shorter than its header says, or damaged; download it again")
    }

    /// What libllama's log lines say about a file it would not load. The phrases are those of llama.cpp's
    /// `llama-model-loader.cpp`, `llama-model.cpp` and `gguf.cpp`.
    static func error(_ path: String, said lines: [String]) -> InferenceError {
        func line(with phrases: String...) -> String? {
            lines.first { line in phrases.contains { line.contains($0) } }
        }
        if let line = line(with: "unknown model architecture", "unsupported model architecture") {
            let architecture = line.split(separator: "'").dropFirst().first.map { " \"\($0)\"" } ?? ""
            return InferenceError(
                .modelUnsupported,
                "\(path) has the architecture\(architecture), which this libllama does not know; use a newer one, or another model"
            )
        }
        if line(
            with: "not within the file bounds", "corrupted or incomplete", "failed to read", "unexpectedly reached end",
            "failed to seek", "invalid magic") != nil
        {
            return truncated(path)
        }
        let detail = lines.last ?? "libllama gave no reason"
        return InferenceError(.modelFailed, "\(path) could not be loaded: \(detail)")
    }
}
