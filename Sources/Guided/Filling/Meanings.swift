import Core
import Understanding

/// How near spans of a question are in meaning to what slots are about.
struct Meanings: Sendable {
    private var spans: [String: [Float]] = [:]
    private var subjects: [String: [Float]] = [:]

    private static let most = 48

    /// Nothing is known of any.
    init() {}

    /// What slots are about is compared where it is embedded already.
    init(vectors: TextVectors, spans: [Span], slots: [Slot]) async throws {
        let texts = slots.filter(\.isOfTexts)
        guard !texts.isEmpty else { return }
        let wanted = Set(spans.filter { [.name, .phrase, .quoted, .code].contains($0.kind) }.map(\.text))
        let names = Array(wanted.sorted().prefix(Self.most))
        guard !names.isEmpty else { return }
        let subjects = Array(Set(texts.map { Self.subject(of: $0) })).sorted()
        let known = zip(subjects, vectors.known(subjects)).compactMap { subject, vector in vector.map { (subject, $0) }
        }
        guard !known.isEmpty else { return }
        let embedded = try await vectors.embed(names)
        guard embedded.count == names.count else { return }
        self.spans = Dictionary(zip(names, embedded), uniquingKeysWith: { first, _ in first })
        self.subjects = Dictionary(known, uniquingKeysWith: { first, _ in first })
    }

    /// What a slot is about, as spans are compared with it.
    static func subject(of slot: Slot) -> String {
        let name = Stem.words(in: slot.name).joined(separator: " ")
        return slot.notes.description.isEmpty ? name : "\(name): \(slot.notes.description.prefix(120))"
    }

    /// The cosine; a middling value where it is not known.
    func nearness(_ span: Span, _ slot: Slot) -> Double {
        guard let one = spans[span.text], let other = subjects[Self.subject(of: slot)] else { return 0.25 }
        return AnchorIndex.cosine(one, other)
    }
}
