import CLlama
import Foundation

/// Decides whether a model's file is loaded into this process.
///
/// libllama trusts what it loads: a file made for it can end the process or hold it for ever. A file that was installed
/// under a checksum must have it. Any other file is loaded in a process of its own first. What came of it is remembered
/// until the file changes.
package struct ModelAdmission: Sendable {
    /// Loads a file where it can do no harm, and throws what is wrong with it.
    package typealias Trial = @Sendable (_ path: String, _ purpose: ModelPurpose) throws(InferenceError) -> Void

    private let cache: String
    private let record: AdmissionRecord
    private let trial: Trial

    /// - Parameter cache: the shared cache, with installed models in `models/<sum>/`.
    package init(cache: String, trial: @escaping Trial) {
        self.cache = cache
        record = AdmissionRecord(path: cache + "/models/admitted.json")
        self.trial = trial
    }

    /// - Returns: the files that are admitted; they must be the same after they were loaded.
    /// - Throws: `modelReplaced`, `modelCrashes`, and what loading it in a process of its own threw. What is no GGUF file
    ///   is told when it is read.
    func admit(_ path: String, for purpose: ModelPurpose) throws(InferenceError) -> [FileIdentity]? {
        let files = ModelParts(of: path)
        guard let identities = files.identities else {
            // It may be a pipe, which can be read once.
            return nil
        }
        // The cheapest look comes first, and needs no other process.
        for file in files.paths { try GGUFFile.check(file) }
        if let entry = record.entry(path, purpose, identities, library: Self.library) {
            if let problem = entry.problem { throw InferenceError(.modelCrashes, problem) }
            return identities
        }
        var entry = AdmissionRecord.Entry(
            path: path, purpose: purpose, identities: identities, library: Self.library, problem: nil)
        do throws(InferenceError) {
            if try !isInstalled(path, identities) { try trial(path, purpose) }
        } catch {
            // Another outcome may come of what is not the file's fault: memory, a program that is not there.
            if error.code == .modelCrashes, ModelParts(of: path).identities == identities {
                entry.problem = error.message
                record.keep(entry)
            }
            throw error
        }
        guard ModelParts(of: path).identities == identities else { throw Self.changed(path) }
        record.keep(entry)
        return identities
    }

    static func changed(_ path: String) -> InferenceError {
        InferenceError(.modelReplaced, "\(path) changed while it was looked at and loaded; start the daemon again")
    }

    /// Whether a file is one we know by its checksum.
    ///
    /// - Throws: `modelReplaced` where it should be, and is not.
    private func isInstalled(_ path: String, _ identities: [FileIdentity]) throws(InferenceError) -> Bool {
        let installed = InstalledModel(at: path, cache: cache)
        // A default model may also stand elsewhere.
        guard installed != nil || DefaultModels.files.contains(where: { [$0.bytes] == identities.map(\.bytes) }) else {
            return false
        }
        guard let sum = try? InstalledModel.sum(of: path) else {
            throw InferenceError(.modelMissing, "\(path) cannot be read; check the file and the disk")
        }
        if let installed, !sum.hasPrefix(installed.sum) {
            throw InferenceError(
                .modelReplaced,
                """
                \(path) is not the file that was installed there: its checksum (SHA-256) begins with \(sum.prefix(16)), \
                and should with \(installed.sum.prefix(16)). It was damaged or replaced, and is not loaded. Delete it and \
                run `make models`; to use this file, put it elsewhere and name it with model.path or embedding.path
                """)
        }
        return DefaultModels.files.contains { $0.sum == sum }
    }

    /// What decides whether a file can be loaded beside the file itself.
    private static var library: String {
        unsafe llama_version().map { unsafe String(cString: $0) } ?? ""
    }
}
