import Core
import Foundation

/// How a response is written (platform.openai.com/docs/api-reference/responses/object).
struct ResponseForm: Sendable {
    let id = Identifier.make("resp_")
    let created = Int(Date().timeIntervalSince1970)
    /// The model that answers, whatever name was asked for.
    let model: String
    let request: ResponseRequest
    var notes = AnswerNotes()

    enum Status: Sendable {
        case inProgress
        case completed
        /// The token limit was reached.
        case incomplete
        case failed(APIError)

        var word: String {
            switch self {
            case .inProgress: "in_progress"
            case .completed: "completed"
            case .incomplete: "incomplete"
            case .failed: "failed"
            }
        }
    }

    func response(_ status: Status, output: [JSONValue], usage: Usage?) -> JSONValue {
        var error: JSONValue = nil
        var details: JSONValue = nil
        switch status {
        case .failed(let cause):
            error = ["code": .string((cause.code ?? "server_error").rawValue), "message": .string(cause.message)]
        case .incomplete: details = ["reason": "max_output_tokens"]
        case .inProgress, .completed: break
        }
        var members: JSONObject = [
            "id": .string(id), "object": "response", "created_at": .integer(created), "model": .string(model),
            "status": .string(status.word), "error": error, "incomplete_details": details,
            "output": .array(output), "usage": usage?.responseJSON ?? .null, "previous_response_id": nil,
            "store": false, "truncation": "disabled", "reasoning": ["effort": nil, "summary": nil], "user": nil,
        ]
        members.merge(request.repeated) { own, _ in own }
        members["squire"] = (notes + AnswerNotes(droppedTurns: usage?.droppedTurns)).json
        return .object(members)
    }

    // MARK: Items

    /// A message of the assistant; without text one that has only begun.
    static func message(id: String, text: String?, status: Status) -> JSONValue {
        [
            "id": .string(id), "type": "message", "role": "assistant", "status": .string(status.word),
            "content": .array(text.map { [part($0)] } ?? []),
        ]
    }

    static func part(_ text: String) -> JSONValue {
        ["type": "output_text", "text": .string(text), "annotations": [], "logprobs": []]
    }

    /// A call that the client is to make.
    struct Call: Sendable {
        let id = Identifier.make("fc_")
        let callID = Identifier.make("call_")
        let name: String
        let arguments: String

        init(_ call: PlannedCall) {
            name = call.operation
            arguments = call.arguments.text
        }

        /// - Parameter isWhole: whether it has its arguments yet.
        func item(isWhole: Bool = true) -> JSONValue {
            [
                "id": .string(id), "type": "function_call", "call_id": .string(callID), "name": .string(name),
                "arguments": .string(isWhole ? arguments : ""), "status": isWhole ? "completed" : "in_progress",
            ]
        }
    }
}
