import ChatFormats
import Core
import Guided
import Logging

/// The loaded model as a chat model: in its own tool format where it has one that is known, and in guided steps where not,
/// or where the model makes no call that had to be made. It knows no particular format.
struct LocalChatModel: ChatModel {
    private let model: any TokenModel
    private let guided: any CallMending
    private let formats: [any ChatFormat.Type]
    private let logger: Logger

    /// - Parameter formats: the first that serves the model is used.
    init(
        model: any TokenModel, guided: any CallMending, formats: [any ChatFormat.Type] = ChatFormats.all,
        logger: Logger
    ) {
        self.model = model
        self.guided = guided
        self.formats = formats
        self.logger = logger
    }

    /// In the loaded model's own format; nil where it has none that is known. Another model may be loaded next time.
    private var native: (any ChatModel)? {
        get async throws {
            let description = try await model.describe()
            return formats.first { $0.serves(description) }.map { $0.init(model: model) }
        }
    }

    private var chosen: any ChatModel {
        get async throws { try await native ?? guided }
    }

    func card() async throws -> ModelCard { try await chosen.card() }

    func tokenCount(of dialog: [DialogItem], tools: [Tool]) async throws -> Int {
        try await chosen.tokenCount(of: dialog, tools: tools)
    }

    func respond(to request: ModelRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
        ChatReply.stream { said in
            guard let native = try await native else { return try await guided.reply(to: request) }
            return try await reply(of: native, to: request, said: said)
        }
    }

    private func reply(
        of native: any ChatModel, to request: ModelRequest, said: @escaping @Sendable (String) -> Void
    ) async throws -> ChatReply {
        var spent = Usage()
        do {
            var reply = try await native.reply(to: request, said: said)
            reply.calls = try await guided.valid(reply.calls, for: request, usage: &reply.usage)
            if let fault = reply.fault {
                logger.info(
                    "call not as it should be", metadata: ["kind": "\(fault.kind)", "error": "\(fault.message)"])
            }
            guard reply.calls.isEmpty, request.choice.requiresCall else { return reply }
            spent = reply.usage
        } catch let error as any SquireError where Self.faultsOfSchemas.contains(error.kind) {
            // One schema that cannot be enforced as it stands would take all other tools with it.
            logger.info("schemas not enforced", metadata: ["kind": "\(error.kind)", "error": "\(error.message)"])
        }
        var reply = try await guided.reply(to: request)
        reply.usage += spent
        return reply
    }

    private static let faultsOfSchemas: Set<FailureCode> = [.schemaInvalid, .schemaUnsatisfiable, .grammarInvalid]
}

/// A chat model that also holds the calls of another one to their schemas.
protocol CallMending: ChatModel {
    /// The calls that validate, or can be written so that they do.
    func valid(_ calls: [PlannedCall], for request: ModelRequest, usage: inout Usage) async throws -> [PlannedCall]
}

extension GuidedModel: CallMending {}
