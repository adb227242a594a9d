import Core
import Testing

@testable import Plugins

@Suite("Responses to calls")
struct ResponseTests {
    private func outcome(_ response: HTTPResponse) throws -> ToolOutcome {
        ResponseReader.outcome(
            response, of: try operation("paths: {/time: {get: {summary: Time}}}"))
    }

    @Test("JSON is the result, other text is a text, nothing is null")
    func results() throws {
        #expect(try outcome(HTTPResponse(200, #"{"a": 1}"#)) == .ok(["a": 1]))
        #expect(try outcome(HTTPResponse(201, "[1]", type: "application/vnd.api+json; charset=utf-8")) == .ok([1]))
        #expect(try outcome(HTTPResponse(200, #"{"a": 1}"#, type: nil)) == .ok(["a": 1]))
        #expect(try outcome(HTTPResponse(200, "Sunny", type: "text/plain")) == .ok("Sunny"))
        #expect(try outcome(HTTPResponse(200, "42", type: "text/plain")) == .ok("42"))
        #expect(try outcome(HTTPResponse(204, "", type: nil)) == .ok(nil))
    }

    @Test("what is said to be JSON and is not fails with its beginning")
    func notJSON() throws {
        let page = "<html>" + String(repeating: "x", count: 200)
        #expect(
            try outcome(HTTPResponse(200, page))
                == .failed("GET /time answered with text that is not JSON: \(page.prefix(80))…", kind: .unreadable))
    }

    @Test("what is no text fails with its size")
    func binary() throws {
        var response = HTTPResponse(200, "", type: "image/png")
        response.body = [0x89, 0x50, 0xff, 0xfe]
        #expect(try outcome(response) == .failed("GET /time answered with 4 bytes that are no text", kind: .unreadable))
    }

    @Test(
        "another status fails with what the body says",
        arguments: [
            (#"{"error": "no city named Tokio"}"#, "no city named Tokio\n"),
            (#"{"error": {"message": "bad day"}}"#, "bad day\n"), (#"{"message": "no"}"#, "no\n"),
            (#"{"title": "Gone", "detail": "left in May"}"#, "left in May\n"), ("No\nsuch page", "No such page\n"),
            ("", ""),
        ])
    func failures(body: String, said: String) throws {
        #expect(try outcome(HTTPResponse(404, body)) == .failed("\(said)HTTP 404 from GET /time", kind: .rejected))
    }

    @Test("a long error is cut")
    func long() throws {
        let body = String(repeating: "y", count: 500)
        #expect(
            try outcome(HTTPResponse(500, body, type: "text/html"))
                == .failed("\(body.prefix(200))…\nHTTP 500 from GET /time", kind: .serverFailed))
    }

    @Test("a status says whether other arguments could do, and no answer whether anything was sent")
    func kinds() {
        for status in [400, 401, 404, 409, 422] { #expect(ToolFailureKind(status: status) == .rejected, "\(status)") }
        for status in [408, 425, 429, 500, 503, 302, 304] {
            #expect(ToolFailureKind(status: status) == .serverFailed, "\(status)")
        }
        for code in [HTTPError.Code.refused, .unresolved, .connectTimeout, .tls, .invalidURL] {
            #expect(ToolFailureKind(HTTPError(code, "")) == .unreachable, "\(code.rawValue)")
        }
        for code in [HTTPError.Code.totalTimeout, .idleTimeout, .broken, .tooLarge, .stopped, .init(rawValue: "new")] {
            #expect(ToolFailureKind(HTTPError(code, "")) == .unanswered, "\(code.rawValue)")
        }
    }
}
