import Core
import JSONRPC
import NIOCore
import Testing

@testable import JSONRPC

@Suite struct ConnectionStateTests {
    private func receive(_ state: inout ConnectionState, _ text: String) -> [ConnectionState.Action] {
        state.receive(IncomingLine(reading: Array(text.utf8)))
    }

    private func request(_ id: Int) -> String { #"{"jsonrpc":"2.0","id":\#(id),"method":"m"}"# }

    private func json(_ line: ByteBuffer?) throws -> JSONValue? {
        try line.map { try JSONValue(parsing: String(buffer: $0)) }
    }

    private func tickets(_ actions: [ConnectionState.Action]) -> [Int] {
        actions.compactMap { if case .handle(let ticket, _) = $0 { ticket } else { nil } }
    }

    private func sent(_ actions: [ConnectionState.Action]) throws -> [JSONValue] {
        try actions.compactMap { if case .send(let line) = $0 { try json(line) } else { nil } }
    }

    private func answer(_ id: RPCID) -> ByteBuffer {
        OutgoingMessage.response(id: id, .success(RPCNothing()), limit: 1000)
    }

    @Test func `an id may be used again once it is answered, and not before`() throws {
        var state = ConnectionState(limits: RPCLimits())
        let first = tickets(receive(&state, request(1)))
        let refused = try sent(receive(&state, request(1)))
        #expect(refused.map { $0["error"]?["code"] } == [-32600])
        #expect(refused.map { $0["id"] } == [.null], "the id would be taken for the first request's answer")
        #expect(state.finish(first[0], response: answer(1)) != nil)
        #expect(tickets(receive(&state, request(1))).count == 1)
    }

    @Test func `requests over the bound are refused with tooManyRequests and others go on`() throws {
        var state = ConnectionState(limits: RPCLimits(requestsInFlight: 2))
        let first = tickets(receive(&state, request(1)) + receive(&state, request(2)))
        let refused = try sent(receive(&state, request(3)))
        #expect(refused.map { $0["error"]?["data"]?["kind"] } == ["tooManyRequests"])
        #expect(refused.map { $0["id"] } == [3])
        _ = state.finish(first[0], response: answer(1))
        #expect(tickets(receive(&state, request(4))).count == 1)
    }

    @Test func `a batch is answered as one array, when the last of it is finished`() throws {
        var state = ConnectionState(limits: RPCLimits())
        let running = tickets(receive(&state, "[\(request(1)),7,\(request(2))]"))
        #expect(running.count == 2)
        #expect(state.finish(running[1], response: answer(2)) == nil)
        let line = try #require(try json(state.finish(running[0], response: answer(1)))?.array)
        #expect(line.map { $0["id"] } == [.null, 2, 1])
    }

    @Test func `a batch with more messages than allowed is refused whole`() throws {
        var state = ConnectionState(limits: RPCLimits(batchMessages: 3))
        let actions = receive(&state, "[1,2,3,4]")
        #expect(try sent(actions).map { $0["error"]?["code"] } == [-32600])
    }

    @Test func `cancelling reaches the request in flight and tolerates unknown and late ids`() {
        var state = ConnectionState(limits: RPCLimits())
        func cancel(_ id: String) -> [ConnectionState.Action] {
            receive(&state, #"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":\#(id)}}"#)
        }
        let ticket = tickets(receive(&state, request(5)))[0]
        #expect(cancel("6") == [])
        #expect(cancel("[]") == [])
        #expect(cancel("5") == [.cancel(ticket)])
        _ = state.finish(ticket, response: answer(5))
        #expect(cancel("5") == [])
    }

    @Test func `while it drains, new requests are refused and those in flight still answered`() throws {
        var state = ConnectionState(limits: RPCLimits())
        let ticket = tickets(receive(&state, request(1)))[0]
        state.drain()
        #expect(try sent(receive(&state, request(2))).map { $0["error"]?["data"]?["kind"] } == ["shuttingDown"])
        #expect(!state.isIdle)
        #expect(state.finish(ticket, response: answer(1)) != nil)
        #expect(state.isIdle)
    }

    @Test func `a request that is wrong but has an id is answered with that id`() throws {
        var state = ConnectionState(limits: RPCLimits())
        for text in [
            #"{"id":9,"method":"m"}"#, #"{"jsonrpc":"1.0","id":9,"method":"m"}"#, #"{"jsonrpc":"2.0","id":9}"#,
            #"{"jsonrpc":"2.0","id":9,"method":"m","params":"text"}"#,
            #"{"jsonrpc":"2.0","id":9,"method":"m","params":null}"#,
            #"{"jsonrpc":"2.0","id":9,"result":1,"error":{"code":1,"message":""}}"#,
        ] {
            let answers = try sent(receive(&state, text))
            #expect(answers.map { $0["id"] } == [9], "\(text)")
            #expect(answers.map { $0["error"]?["code"] } == [-32600], "\(text)")
        }
        let unknown = try sent(receive(&state, #"{"jsonrpc":"2.0","id":[9],"method":"m"}"#))
        #expect(unknown.map { $0["id"] } == [.null])
    }

    @Test(arguments: [
        #""a""#, #""1""#, "0", "-7", "null", "1.5", "123456789012345678901234567890",
    ])
    func `an id comes back as it was: text, zero, null, a fraction, more digits than a Double has`(_ text: String)
        throws
    {
        var state = ConnectionState(limits: RPCLimits())
        guard case .handle(_, let request)? = receive(&state, #"{"jsonrpc":"2.0","id":\#(text),"method":"m"}"#).first
        else {
            Issue.record("not handled")
            return
        }
        let line = String(buffer: OutgoingMessage.response(id: request.id, .success(RPCNothing()), limit: 1000))
        #expect(line == #"{"id":\#(text),"jsonrpc":"2.0","result":{}}"# + "\n")
    }

    @Test func `text that is not UTF-8 is a parse error`() throws {
        var state = ConnectionState(limits: RPCLimits())
        let actions = state.receive(
            IncomingLine(reading: Array(#"{"jsonrpc":"2.0","id":1,"method":""#.utf8) + [0xff] + Array("\"}".utf8)))
        #expect(try sent(actions).map { $0["error"]?["code"] } == [-32700])
    }
}
