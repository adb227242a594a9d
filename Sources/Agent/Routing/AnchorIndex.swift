import Core
import Foundation
import Synchronization

/// The vectors of the texts that questions are compared with. A plugin's description is embedded once, and not for each
/// question or each start.
final class AnchorIndex: Sendable {
    private struct State {
        var vectors: [String: [Float]] = [:]
        var isRead = false
        var isChanged = false
    }

    private let embedder: any Embedder
    /// Where vectors are kept between starts.
    private let file: String?
    private let state = Mutex(State())

    /// - Parameter file: of this embedder's vectors alone; one that is missing or damaged is made anew.
    init(embedder: any Embedder, file: String?) {
        self.embedder = embedder
        self.file = file
    }

    /// Vectors of what anchors are about and of how they are put, half and half.
    ///
    /// - Parameter isUrgent: whether a question waits for them.
    func sense(of anchors: [String], isUrgent: Bool = true) async throws -> [[Float]] {
        guard !anchors.isEmpty else { return [] }
        readFile()
        let missing = state.withLock { state in anchors.filter { state.vectors[$0] == nil } }
        if !missing.isEmpty {
            let vectors = try await computed(missing, isUrgent: isUrgent)
            state.withLock { state in
                for (text, vector) in zip(missing, vectors) { state.vectors[text] = vector }
                state.isChanged = true
            }
        }
        return state.withLock { state in anchors.map { state.vectors[$0] ?? [] } }
    }

    /// A question's vector, which is not kept.
    func sense(of question: String) async throws -> [Float] {
        try await computed([question], isUrgent: true)[0]
    }

    static func cosine(_ a: [Float], _ b: [Float]) -> Double {
        Double(zip(a, b).reduce(Float(0)) { $0 + $1.0 * $1.1 })
    }

    /// The text as it stands, and with its names, numbers and dates taken out: a question about Paris is not near to
    /// every other question about Paris. The two vectors stand one behind the other, so that a cosine is the mean of
    /// both.
    private func computed(_ texts: [String], isUrgent: Bool) async throws -> [[Float]] {
        let vectors =
            try await isUrgent
            ? embedder.embed(texts + texts.map(Self.frame)) : embedder.embedWhenIdle(texts + texts.map(Self.frame))
        let half = Float(0.5).squareRoot()
        return texts.indices.map { (vectors[$0] + vectors[texts.count + $0]).map { $0 * half } }
    }

    /// A text with common words in place of its names, numbers and dates.
    static func frame(_ text: String) -> String {
        var rest = text
        let dates = DateMentions.extract(from: &rest, today: "2000-01-01")
        if !dates.isEmpty { rest += " that day" }
        return name.replacing(in: number.replacing(in: rest, with: "ten")) { "\($0.text(1))somewhere" }
    }

    private static let number = TextPattern(#"\d+(?:[.,:]\d+)*"#)
    private static let name = TextPattern(#"([a-z,:] )\p{Lu}[\p{L}.]+(?:,? \p{Lu}[\p{L}.]+)*"#)

    // MARK: The file

    /// Writes what has been computed since it was read, in one step.
    func writeFile() {
        guard let file else { return }
        let vectors = state.withLock { state -> [String: [Float]]? in
            defer { state.isChanged = false }
            return state.isChanged ? state.vectors : nil
        }
        guard let vectors else { return }
        let entries = vectors.mapValues { vector in unsafe vector.withUnsafeBytes { unsafe Data($0) } }
        // A file that cannot be written only costs computing again.
        guard let data = try? JSONEncoder().encode(entries) else { return }
        let url = URL(fileURLWithPath: file)
        try? FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try? data.write(to: url, options: .atomic)
    }

    private func readFile() {
        guard let file, state.withLock({ !$0.isRead }) else { return }
        let data = FileManager.default.contents(atPath: file) ?? Data()
        let entries = (try? JSONDecoder().decode([String: Data].self, from: data)) ?? [:]
        let vectors = entries.mapValues { bytes in
            stride(from: 0, to: bytes.count - bytes.count % 4, by: 4).map { offset in
                Float(
                    bitPattern: (0..<4).reduce(UInt32(0)) {
                        $0 | UInt32(bytes[bytes.startIndex + offset + $1]) << (8 * UInt32($1))
                    })
            }
        }
        let isWhole = Set(vectors.values.map(\.count)).count <= 1
        state.withLock { state in
            guard !state.isRead else { return }
            state.isRead = true
            if isWhole { state.vectors.merge(vectors) { first, _ in first } }
        }
    }
}
