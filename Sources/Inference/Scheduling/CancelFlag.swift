import Synchronization

/// Says to the decoding thread that nobody wants the result any more. libllama's abort callback reads it in the middle
/// of a decode, the generation loop between two tokens.
final class CancelFlag: Sendable {
    private let value = Atomic(false)

    var isSet: Bool { value.load(ordering: .relaxed) }

    func set() { value.store(true, ordering: .relaxed) }
}
