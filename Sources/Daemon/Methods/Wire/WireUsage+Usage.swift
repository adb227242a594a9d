import Core
import SquireProtocol

extension WireUsage {
    init(_ usage: Usage) {
        self.init(
            promptTokens: usage.promptTokens, cachedTokens: usage.cachedTokens,
            completionTokens: usage.completionTokens, droppedTurns: usage.droppedTurns)
    }
}

extension WireTimings {
    init(_ timings: Timings) {
        self.init(firstTokenSeconds: timings.firstTokenSeconds, totalSeconds: timings.totalSeconds)
    }
}

extension WireFinishReason {
    init(_ reason: FinishReason) {
        self =
            switch reason {
            case .stop: .stop
            case .length: .length
            case .repetition: .repetition
            case .steps: .steps
            case .cancelled: .cancelled
            }
    }
}
