import Foundation
import Synchronization

/// A model as a conversation with tools asks it: what to call, or what to say. Whoever asks makes the calls and tells the
/// model what came of them. There is one for each way to get calls out of a model; nothing that asks knows which it is.
package protocol ChatModel: Sendable {
    /// What the model can do by itself.
    func card() async throws -> ModelCard

    /// Says what to call for the last message, or answers it.
    ///
    /// The stream ends with `finished`, or throws; dropping it cancels the work.
    ///
    /// - Throws: `schemaUnsupported`, naming the keyword, for a tool whose schema cannot be enforced; what the model that
    ///   generates the text throws.
    func respond(to request: ModelRequest) -> AsyncThrowingStream<ChatEvent, any Error>

    /// How many tokens a conversation has with these tools before it.
    func tokenCount(of dialog: [DialogItem], tools: [Tool]) async throws -> Int
}

/// What a chat model can do by itself.
package struct ModelCard: Sendable, Hashable {
    /// Whether it answers in words where it calls nothing, and goes on after the results of calls. One that does not is
    /// asked for calls alone, and takes no argument from a result.
    package var speaks: Bool

    package init(speaks: Bool) {
        self.speaks = speaks
    }
}

/// What a chat model says, in the order in which it says it.
package enum ChatEvent: Sendable {
    /// More of the text beside the calls, or in their place.
    case text(String)
    /// Its arguments validate against the operation's schema. Calls of one response do not depend on each other.
    case call(PlannedCall)
    /// A call that is meant and not planned, since something that it requires was not said.
    case missing(MissingArguments)
    /// A part of the message that no tool is for, beside calls for the others.
    case unanswered(String)
    /// Why something that the model meant as a call was none. It was repaired where there are calls, and else kept as text.
    case fault(any SquireError)
    /// The end; nothing follows.
    case finished(reason: FinishReason, usage: Usage)
}

/// All that a chat model said to one request.
package struct ChatReply: Sendable {
    /// Independent of each other; none where the message is to be answered without a tool.
    package var calls: [PlannedCall]
    /// What the model said beside the calls, or in their place, which is the answer then. Nil where it said nothing:
    /// without calls, the answer is still to be asked for.
    package var text: String?
    /// Why the text ended.
    package var reason: FinishReason
    package var fault: (any SquireError)?
    package var usage: Usage
    package var missing: MissingArguments?
    /// Parts of the message that ask for something that no tool is for, where others are for the rest.
    package var unanswered: [String] = []

    package init(
        calls: [PlannedCall] = [], text: String? = nil, reason: FinishReason = .stop, usage: Usage = Usage()
    ) {
        self.calls = calls
        self.text = text
        self.reason = reason
        self.usage = usage
    }
}

extension ChatModel {
    /// The whole response.
    ///
    /// - Parameter said: called with each piece of text.
    package func reply(
        to request: ModelRequest, said: (@Sendable (String) -> Void)? = nil
    ) async throws -> ChatReply {
        var reply = ChatReply()
        for try await event in respond(to: request) {
            switch event {
            case .text(let piece):
                reply.text = (reply.text ?? "") + piece
                said?(piece)
            case .call(let call): reply.calls.append(call)
            case .missing(let missing): reply.missing = missing
            case .unanswered(let part): reply.unanswered.append(part)
            case .fault(let fault): reply.fault = fault
            case .finished(let reason, let usage): (reply.reason, reply.usage) = (reason, usage)
            }
        }
        try Task.checkCancellation()
        // What stands around calls is their form, and no part of what was said.
        if !reply.calls.isEmpty {
            let text = reply.text?.trimmingCharacters(in: .whitespacesAndNewlines)
            reply.text = text?.isEmpty == true ? nil : text
        }
        return reply
    }
}

extension ChatReply {
    /// The events of a response that is made as a whole, but for its text, which may be handed on before.
    ///
    /// - Parameter make: is given what hands on pieces of text; these are the beginning of the reply's.
    package static func stream(
        _ make: @escaping @Sendable (_ said: @escaping @Sendable (String) -> Void) async throws -> ChatReply
    ) -> AsyncThrowingStream<ChatEvent, any Error> {
        AsyncThrowingStream { continuation in
            let work = Task {
                do {
                    let handedOn = Mutex("")
                    let reply = try await make { piece in
                        handedOn.withLock { $0 += piece }
                        continuation.yield(.text(piece))
                    }
                    let said = handedOn.withLock { $0 }
                    if let text = reply.text, text.hasPrefix(said), text.count > said.count {
                        continuation.yield(.text(String(text.dropFirst(said.count))))
                    }
                    for call in reply.calls { continuation.yield(.call(call)) }
                    if let missing = reply.missing { continuation.yield(.missing(missing)) }
                    for part in reply.unanswered { continuation.yield(.unanswered(part)) }
                    if let fault = reply.fault { continuation.yield(.fault(fault)) }
                    continuation.yield(.finished(reason: reply.reason, usage: reply.usage))
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in work.cancel() }
        }
    }
}
