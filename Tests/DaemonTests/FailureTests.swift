import Agent
import ChatFormats
import Confinement
import Core
import Evaluation
import Gateway
import Grammar
import Inference
import JSONRPC
import Ownership
import Plugins
import Retrieval
import Store
import Testing

@testable import Commands
@testable import Daemon
@testable import Guided

/// What all parts' failures have in common.
struct FailureTests {
    private static func kinds<Code: ErrorCode>(_ code: Code.Type) -> [(FailureCode, FailureClass)] {
        code.allCases.map { (FailureCode(rawValue: $0.rawValue), $0.failureClass) }
    }

    @Test func `a word means the same, whichever part says it`() {
        let all =
            Self.kinds(AgentError.Code.self) + Self.kinds(CallFormatError.Code.self)
            + Self.kinds(CommandError.Code.self)
            + Self.kinds(ConfinementError.Code.self) + Self.kinds(DaemonError.Code.self)
            + Self.kinds(EvaluationError.Code.self) + Self.kinds(GatewayError.Code.self)
            + Self.kinds(GrammarError.Code.self) + Self.kinds(GuidedError.Code.self) + Self.kinds(HTTPError.Code.self)
            + Self.kinds(InferenceError.Code.self) + Self.kinds(OwnershipError.Code.self)
            + Self.kinds(PluginError.Code.self) + Self.kinds(RetrievalError.Code.self)
            + Self.kinds(RPCConnectionError.Code.self) + Self.kinds(StoreError.Code.self)
        for (word, classes) in Dictionary(grouping: all, by: \.0) {
            #expect(Set(classes.map(\.1)).count == 1, "\(word)")
        }
    }

    @Test func `the words by which models' failures are told are those that the models throw`() {
        #expect(InferenceError(.promptTooLong, "").kind == .promptTooLong)
        #expect(GuidedError(.promptTooLong, "").kind == .promptTooLong)
        #expect(AgentError(.promptTooLong, "").kind == .promptTooLong)
        #expect(InferenceError(.grammarInvalid, "").kind == .grammarInvalid)
        #expect(GrammarError(.grammarInvalid, "").kind == .grammarInvalid)
        #expect(GrammarError(.schemaInvalid, "").kind == .schemaInvalid)
        #expect(GrammarError(.schemaUnsatisfiable, "").kind == .schemaUnsatisfiable)
    }

    @Test func `whatever keeps a model from being loaded makes it unavailable`() {
        for code in InferenceError.Code.allCases where code.rawValue.hasPrefix("model") {
            #expect(code.failureClass == .unavailable, "\(code)")
        }
    }
}
