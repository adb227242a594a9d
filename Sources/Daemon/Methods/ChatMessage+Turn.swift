import Core
import JSONRPC
import SquireProtocol

extension ChatMessage {
    /// The messages that a request's turns are.
    ///
    /// - Throws: `RPCError` naming a turn whose role there is not.
    static func all(of turns: [ChatTurn], for method: any RPCMethod.Type) throws -> [ChatMessage] {
        try turns.enumerated().map { index, turn in
            guard let role = Role(rawValue: turn.role) else {
                throw RPCError.invalidParameters(
                    method, "messages[\(index)].role must be system, user or assistant, not \"\(turn.role)\"")
            }
            return ChatMessage(role, turn.content)
        }
    }
}
