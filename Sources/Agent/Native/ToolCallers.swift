package import Core
package import Logging

/// Calls tools in the loaded model's own format where it has one that is known, and in guided steps where not, or where
/// the model makes no call that had to be made.
package struct ToolCallers: ToolCalling {
    private let model: any LanguageModel
    private let native: NativeCaller
    private let guided: any ToolCalling
    private let language: QuestionLanguage
    private let logger: Logger

    package init(
        model: any LanguageModel, guided: any ToolCalling, language: QuestionLanguage = .english, logger: Logger
    ) {
        self.model = model
        self.language = language
        native = NativeCaller(model: model)
        self.guided = guided
        self.logger = logger
    }

    package func calls(for request: CallRequest) async throws -> CallOutcome {
        guard HermesFormat.isForm(of: try await model.describe()) else { return try await guided.calls(for: request) }
        var spent = Usage()
        do {
            var outcome = try await native.calls(for: request)
            outcome.calls = try await valid(outcome.calls, request, usage: &outcome.usage)
            if let fault = outcome.fault {
                logger.info(
                    "call not as it should be", metadata: ["kind": "\(fault.kind)", "error": "\(fault.message)"])
            }
            guard outcome.calls.isEmpty, request.choice.requiresCall else { return outcome }
            spent = outcome.usage
        } catch let error as any SquireError where Self.faultsOfSchemas.contains(error.kind) {
            // One schema that cannot be enforced as it stands would take all other tools with it.
            logger.info("schemas not enforced", metadata: ["kind": "\(error.kind)", "error": "\(error.message)"])
        }
        var outcome = try await guided.calls(for: request)
        outcome.usage += spent
        return outcome
    }

    /// The calls that validate, or can be written so that they do, and that were not made for this question already.
    private func valid(
        _ calls: [PlannedCall], _ request: CallRequest, usage: inout Usage
    ) async throws -> [PlannedCall] {
        let (messages, before) = request.dialog.question
        let made = before.map(PlannedCall.init)
        let validation = CallValidation(
            writer: ArgumentWriter(model: model, question: messages.last?.content ?? "", language: language),
            isOwed: false)
        var valid: [PlannedCall] = []
        for call in calls where !made.contains(call) {
            guard let tool = request.tools.first(where: { $0.operation == call.operation }),
                let arguments = try await validation.valid(call.arguments, for: tool, usage: &usage)
            else { continue }
            valid.append(PlannedCall(operation: call.operation, arguments: arguments))
        }
        return valid
    }

    private static let faultsOfSchemas: Set<String> = ["schemaInvalid", "schemaUnsatisfiable", "grammarInvalid"]
}
