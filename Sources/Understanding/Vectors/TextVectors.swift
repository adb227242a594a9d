package import Core
import Synchronization

/// The one owner of vectors that are remembered: those of the registered operations, kept on disk, and those of the texts
/// that were asked about last.
///
/// What is computed is kept in portions as it is made, so that who cancels a long work loses nothing of it.
package final class TextVectors: Embedder {
    private struct State {
        /// Of the texts that are to be kept, as far as they are computed.
        var kept: [String: [Float]] = [:]
        var wanted: Set<String> = []
        /// Of other texts. Of 384 numbers of four bytes each, two turns of these are 12 MiB.
        var recent = RecentValues<String, [Float]>(most: 4096)
        /// Numbers of a vector; 0 while there is none.
        var width = 0
        var file: VectorFile?

        subscript(text: String) -> [Float]? { kept[text] ?? recent[text] }

        /// Vectors of two widths are of two makers, and are not compared.
        mutating func use(width: Int) {
            guard width != self.width else { return }
            kept = [:]
            recent = RecentValues(most: 4096)
            self.width = width
        }
    }

    private let embedder: any Embedder
    private let folder: String?
    /// Changed by questions and by the task that computes in the background.
    private let state = Mutex(State())

    /// Texts whose vectors are kept together.
    private static let portion = 32

    /// - Parameter folder: where vectors are kept between starts; nil keeps none.
    package init(_ embedder: any Embedder, folder: String? = nil) {
        self.embedder = embedder
        self.folder = folder
    }

    package func embed(_ texts: [String]) async throws -> [[Float]] {
        try await vectors(of: texts) { try await embedder.embed($0) }
    }

    package func embedWhenIdle(_ texts: [String]) async throws -> [[Float]] {
        try await vectors(of: texts) { try await embedder.embedWhenIdle($0) }
    }

    package func tokenCounts(of texts: [String]) async throws -> [Int] { try await embedder.tokenCounts(of: texts) }

    package func maker() async -> String? { await embedder.maker() }

    /// The vectors that are there, without computing any.
    package func known(_ texts: [String]) -> [[Float]?] {
        state.withLock { state in texts.map { state[$0] } }
    }

    /// Keeps the vectors of these texts and of no others, and reads those that were kept before. Waits for the embedding
    /// model.
    package func keep(_ texts: [String]) async {
        let file = await embedder.maker().flatMap { maker in
            folder.map { VectorFile(folder: $0, maker: maker) }
        }
        let (missing, new) = state.withLock { state -> ([String], [(text: String, vector: [Float])]) in
            state.file = file
            state.wanted = Set(texts)
            state.kept = state.kept.filter { state.wanted.contains($0.key) }
            let new = state.wanted.compactMap { text in
                state.kept[text] == nil ? state.recent[text].map { (text: text, vector: $0) } : nil
            }
            for (text, vector) in new { state.kept[text] = vector }
            return (state.wanted.filter { state.kept[$0] == nil }, new)
        }
        let found = file?.read(missing) ?? [:]
        state.withLock { state in
            guard let width = found.first?.value.count else { return }
            // What this process has computed is right for certain.
            if state.width == 0 { state.width = width }
            guard state.width == width else { return }
            for (text, vector) in found where state.wanted.contains(text) && state.kept[text] == nil {
                state.kept[text] = vector
            }
        }
        file?.append(new)
    }

    private func vectors(
        of texts: [String], _ compute: ([String]) async throws -> [[Float]]
    ) async throws -> [[Float]] {
        let kept = state.withLock { state in texts.compactMap { state.kept[$0] } }
        if kept.count == texts.count { return kept }
        var found = state.withLock { state in
            texts.reduce(into: [String: [Float]]()) { found, text in found[text] = state[text] }
        }
        let missing = Set(texts).subtracting(found.keys).sorted()
        for start in stride(from: 0, to: missing.count, by: Self.portion) {
            let portion = Array(missing[start..<min(start + Self.portion, missing.count)])
            let vectors = try await compute(portion)
            // A cancelled call gives fewer.
            guard vectors.count == portion.count else { return [] }
            let made = Dictionary(zip(portion, vectors)) { first, _ in first }
            add(made)
            found.merge(made) { first, _ in first }
        }
        // The others were made by another maker, and were dropped with the first vector of this one.
        guard Set(found.values.map(\.count)).count <= 1 else { return [] }
        state.withLock { state in state.recent.use(found.filter { state.kept[$0.key] == nil }) }
        return texts.compactMap { found[$0] }
    }

    /// Takes note of what was computed.
    private func add(_ made: [String: [Float]]) {
        let (file, new) = state.withLock { state -> (VectorFile?, [(text: String, vector: [Float])]) in
            guard let width = made.first?.value.count else { return (nil, []) }
            state.use(width: width)
            let new = made.filter { state.wanted.contains($0.key) }.map { (text: $0.key, vector: $0.value) }
            for (text, vector) in new { state.kept[text] = vector }
            state.recent.use(made.filter { !state.wanted.contains($0.key) })
            return (state.file, new)
        }
        file?.append(new)
    }
}
