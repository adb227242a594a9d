import Core
import SquireProtocol

extension WireContext {
    init(_ ledger: ContextLedger) {
        self.init(
            size: ledger.size, parts: Parts(ledger.parts),
            leftOut: ledger.leftOut.map {
                Omission(part: Part($0.part), what: $0.what, tokens: $0.tokens, turns: $0.turns)
            })
    }
}

extension WireContext.Parts {
    fileprivate init(_ parts: ContextLedger.Parts) {
        self.init(
            instructions: parts.instructions, tools: parts.tools, passages: parts.passages, history: parts.history,
            results: parts.results, question: parts.question, answer: parts.answer)
    }
}

extension WireContext.Part {
    fileprivate init(_ part: ContextLedger.Part) {
        self =
            switch part {
            case .instructions: .instructions
            case .tools: .tools
            case .passages: .passages
            case .history: .history
            case .results: .results
            case .question: .question
            case .answer: .answer
            }
    }
}
