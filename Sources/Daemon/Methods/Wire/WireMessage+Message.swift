import Core
import SquireProtocol

extension WireMessage {
    init(_ message: Message) {
        self.init(
            id: message.id, parent: message.parent, role: Role(message.role), text: message.text,
            createdAt: message.createdAt, citations: message.citations.map(WireCitation.init),
            steps: message.steps.map(WireStep.init), finishReason: message.finishReason.map(WireFinishReason.init),
            usage: message.usage.map(WireUsage.init), timings: message.timings.map(WireTimings.init),
            context: message.context.map(WireContext.init), support: message.support?.map(WireSupport.init))
    }
}

extension WireMessage.Role {
    init(_ role: Core.Role) {
        self =
            switch role {
            case .user: .user
            case .assistant: .assistant
            }
    }
}

extension WireStep {
    init(_ step: Step) {
        self.init(
            plugin: step.plugin, operation: step.operation, arguments: step.arguments,
            status: step.status.map(Status.init), result: step.result, error: step.error,
            errorKind: step.errorKind.map { FailureKind(rawValue: $0.rawValue) }, seconds: step.seconds)
    }
}

extension WireStep.Status {
    fileprivate init(_ status: Step.Status) {
        self =
            switch status {
            case .ok: .ok
            case .error: .error
            case .denied: .denied
            }
    }
}

extension WireCitation {
    init(_ citation: Citation) {
        self.init(
            number: citation.number, source: citation.source, title: citation.title, location: citation.location,
            quote: citation.quote)
    }
}

extension WireSupport {
    fileprivate init(_ support: Support) {
        self.init(text: support.text, from: Origin(support.from), number: support.number)
    }
}

extension WireSupport.Origin {
    fileprivate init(_ origin: Support.Origin) {
        self =
            switch origin {
            case .step: .step
            case .passage: .passage
            case .question: .question
            case .arithmetic: .arithmetic
            case .conversation: .conversation
            case .model: .model
            }
    }
}
