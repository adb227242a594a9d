import Core
import Foundation
import JSONRPC
import Testing

@testable import JSONRPC

@Suite struct ParameterTests {
    struct Inner: Codable, Hashable, Sendable {
        var topK: Int?
        var ratio: Double?
    }

    struct Parameters: Codable, Hashable, Sendable {
        var message: String
        var sampling: Inner?
        var items: [Inner]?
        var when: Date?
        var size: UInt8?
        var anything: JSONValue?
    }

    private func problem(_ params: JSONValue?) -> RPCError? {
        do {
            _ = try Parameters(parametersOf: RPCRequest(id: 1, method: "m", params: params))
            return nil
        } catch {
            return error as? RPCError
        }
    }

    @Test(arguments: [
        (#"{}"#, "`message` is missing"),
        (#"{"message":3}"#, "`message`: expected a string, found a number"),
        (#"{"message":"a","sampling":{"topK":"x"}}"#, "`sampling.topK`: expected a whole number, found a string"),
        (#"{"message":"a","sampling":{"topK":1.5}}"#, "`sampling.topK`: expected a whole number, found 1.5"),
        (#"{"message":"a","items":[{},{"ratio":[]}]}"#, "`items[1].ratio`: expected a number, found a list"),
        (#"{"message":"a","when":"yesterday"}"#, "`when`: expected an ISO 8601 time"),
        (#"{"message":"a","size":256}"#, "`size`: expected a whole number from 0 to 255, found 256"),
        (#"["a"]"#, "must be an object with named members, not an array"),
    ])
    func `what does not fit is an invalid-parameters error with the member's path`(_ params: String, _ expected: String)
        throws
    {
        let error = try #require(problem(try JSONValue(parsing: params)))
        #expect(error.code == .invalidParams)
        #expect(error.message.contains(expected), "\(error.message)")
    }

    @Test func `missing parameters are read as none`() throws {
        #expect(problem(nil)?.message.contains("`message` is missing") == true)
        _ = try RPCNothing(parametersOf: RPCRequest(id: 1, method: "ping"))
        #expect(try Inner(parametersOf: RPCRequest(id: 1, method: "m")) == Inner())
    }

    @Test func `values read from parsed JSON are those JSONDecoder reads from its text`() throws {
        let text = #"""
            {"message":"a","sampling":{"topK":4,"ratio":1},"items":[{},{"topK":null}],
             "when":"2026-06-21T12:00:00Z","size":255,"anything":[1,{"b":null}]}
            """#
        let expected = try JSONDecoder.squire.decode(Parameters.self, from: Data(text.utf8))
        #expect(try Parameters(decoding: JSONValue(parsing: text)) == expected)
    }

    @Test func `an unknown method names those there are`() async throws {
        var router = RPCRouter()
        router.on(Ping.self) { _, _ in RPCNothing() }
        let error = try await withServer(router) { path, _ in
            try await RPCConnection.withConnection(to: path) { connection in
                await #expect(throws: RPCError.self) {
                    try await connection.call("pong", [:])
                }
            }
        }
        #expect(error?.code == .methodNotFound)
        #expect(error?.message == "Method not found: pong. There are ping.")
    }

    struct Broken: SquireError {
        var failureClass = FailureClass.failed
        var kind: FailureCode { "cupBroken" }
        var message: String { "The cup is broken. Take another." }
    }

    @Test func `errors of handlers become the answers they stand for`() {
        let broken = RPCError(answering: Broken())
        #expect(broken.code == .application)
        #expect(broken.kind == "cupBroken")
        #expect(broken.message == "The cup is broken. Take another.")
        for failureClass in FailureClass.allCases {
            let code = RPCError(answering: Broken(failureClass: failureClass)).code
            #expect(code == (failureClass == .cancelled ? .cancelled : .application), "\(failureClass)")
        }
        #expect(RPCError(answering: CancellationError()).code == .cancelled)
        #expect(RPCError(answering: CocoaError(.fileNoSuchFile)).code == .internalError)
        #expect(RPCError(answering: RPCError(kind: "a", "b")) == RPCError(kind: "a", "b"))
    }
}
