import Core
import Testing

@testable import Plugins

@Suite("Responses to calls")
struct ResponseTests {
    private func outcome(_ response: HTTPResponse) throws -> ToolOutcome {
        ResponseReader.outcome(
            response, of: try operation("paths: {/time: {get: {summary: Time}}}"))
    }

    @Test func `JSON is the result, other text is a text, nothing is null`() throws {
        #expect(try outcome(HTTPResponse(200, #"{"a": 1}"#)) == .ok(["a": 1]))
        #expect(try outcome(HTTPResponse(201, "[1]", type: "application/vnd.api+json; charset=utf-8")) == .ok([1]))
        #expect(try outcome(HTTPResponse(200, #"{"a": 1}"#, type: nil)) == .ok(["a": 1]))
        #expect(try outcome(HTTPResponse(200, "Sunny", type: "text/plain")) == .ok("Sunny"))
        #expect(try outcome(HTTPResponse(200, "42", type: "text/plain")) == .ok("42"))
        #expect(try outcome(HTTPResponse(204, "", type: nil)) == .ok(nil))
    }

    @Test func `what is said to be JSON and is not fails with its beginning`() throws {
        let page = "<html>" + String(repeating: "x", count: 200)
        #expect(
            try outcome(HTTPResponse(200, page))
                == .failed("GET /time answered with text that is not JSON: \(page.prefix(80))…", kind: .unreadable))
    }

    @Test func `what is no text fails with its size`() throws {
        var response = HTTPResponse(200, "", type: "image/png")
        response.body = [0x89, 0x50, 0xff, 0xfe]
        #expect(try outcome(response) == .failed("GET /time answered with 4 bytes that are no text", kind: .unreadable))
    }

    @Test(arguments: [
        (#"{"error": "no city named Tokio"}"#, "no city named Tokio\n"),
        (#"{"error": {"message": "bad day"}}"#, "bad day\n"), (#"{"message": "no"}"#, "no\n"),
        (#"{"title": "Gone", "detail": "left in May"}"#, "left in May\n"), ("No\nsuch page", "No such page\n"),
        ("", ""),
    ])
    func `another status fails with what the body says`(body: String, said: String) throws {
        #expect(try outcome(HTTPResponse(404, body)) == .failed("\(said)HTTP 404 from GET /time", kind: .rejected))
    }

    @Test func `a long error is cut`() throws {
        let body = String(repeating: "y", count: 500)
        #expect(
            try outcome(HTTPResponse(500, body, type: "text/html"))
                == .failed("\(body.prefix(200))…\nHTTP 500 from GET /time", kind: .serverFailed))
    }

    @Test func `a status says whether other arguments could do, and no answer whether anything was sent`() {
        for status in [400, 401, 404, 409, 422] { #expect(ToolFailureKind(status: status) == .rejected, "\(status)") }
        for status in [408, 425, 429, 500, 503, 302, 304] {
            #expect(ToolFailureKind(status: status) == .serverFailed, "\(status)")
        }
        for code in [HTTPError.Code.refused, .unresolved, .connectTimeout, .tls, .invalidURL] {
            #expect(ToolFailureKind(HTTPError(code, "")) == .unreachable, "\(code.rawValue)")
        }
        for code in [HTTPError.Code.totalTimeout, .idleTimeout, .broken, .tooLarge, .stopped] {
            #expect(ToolFailureKind(HTTPError(code, "")) == .unanswered, "\(code.rawValue)")
        }
    }

    @Test(arguments: [
        // FastAPI.
        (
            #"{"detail": [{"loc": ["body", "quantity"], "msg": "Input should be greater than 0", "type": "greater_than"}]}"#,
            "quantity: Input should be greater than 0"
        ),
        (#"{"detail": [{"loc": ["query", "from_date"], "msg": "Field required"}]}"#, "from date: Field required"),
        (#"{"detail": "Not authenticated"}"#, "Not authenticated"),
        // RFC 9457.
        (
            #"{"type": "about:blank", "title": "Gone", "status": 410, "detail": "It left in May."}"#,
            "It left in May."
        ),
        (#"{"title": "No such order"}"#, "No such order"),
        (
            #"{"title": "Not valid", "invalid-params": [{"name": "age", "reason": "must be positive"}]}"#,
            "Not valid: age: must be positive"
        ),
        // A class of errors beside the sentence.
        (
            #"{"statusCode": 400, "error": "Bad Request", "message": ["quantity must be positive"]}"#,
            "quantity must be positive"
        ),
        (#"{"error": "invalid_grant", "error_description": "The token has expired"}"#, "The token has expired"),
        (
            #"{"timestamp": 1, "status": 404, "error": "Not Found", "message": "No order 99", "path": "/orders/99"}"#,
            "No order 99"
        ),
        // An object.
        (#"{"error": {"code": 404, "message": "No order 99", "status": "NOT_FOUND"}}"#, "No order 99"),
        (#"{"error": {"message": "Amount is too small", "param": "amount"}}"#, "amount: Amount is too small"),
        // Lists.
        (#"{"errors": ["No name", "No date"]}"#, "No name; No date"),
        (
            #"{"errors": [{"status": "422", "source": {"pointer": "/data/attributes/title"}, "detail": "is too short"}]}"#,
            "title: is too short"
        ),
        (
            #"{"message": "Validation failed", "errors": [{"field": "quantity", "message": "must be at least 1"}]}"#,
            "Validation failed: quantity: must be at least 1"
        ),
        (#"{"errors": {"name": ["is too short"]}}"#, "name is too short"),
        (#"[{"message": "no such field"}]"#, "no such field"),
        (#""no such order""#, "no such order"),
        // Proposals.
        (
            #"{"error": "no city named Berln", "suggestions": ["Berlin"]}"#,
            "no city named Berln; did you mean Berlin?"
        ),
    ])
    func `the usual forms of errors are read, with the place of each problem`(body: String, said: String) throws {
        #expect(try outcome(HTTPResponse(422, body)) == .failed("\(said)\nHTTP 422 from GET /time", kind: .rejected))
    }

    @Test func `lines of JSON are a list`() throws {
        let lines = "{\"a\": 1}\n\n{\"a\": 2}\n"
        #expect(try outcome(HTTPResponse(200, lines, type: "application/x-ndjson")) == .ok([["a": 1], ["a": 2]]))
        let sequence = "\u{1e}{\"a\": 1}\n\u{1e}{\"a\": 2}\n"
        #expect(try outcome(HTTPResponse(200, sequence, type: "application/json-seq")) == .ok([["a": 1], ["a": 2]]))
        guard
            case .failed(let failure) = try outcome(
                HTTPResponse(200, "{\"a\": 1}\n{\"a\"", type: "application/jsonl")), failure.kind == .unreadable
        else {
            Issue.record("half a line is no item")
            return
        }
    }

    private struct Formats: ResponseFormatReading {
        func value(of body: [UInt8], type: String?, charset: String?) -> JSONValue? {
            type == "text/html" ? ["said": "12 staplers", "charset": .string(charset ?? "")] : nil
        }
    }

    @Test func `what is no JSON is read by whoever reads formats, errors too`() throws {
        let operation = try operation("paths: {/time: {get: {summary: Time}}}")
        let page = HTTPResponse(200, "<p>12 staplers</p>", type: "text/html; charset=\"ISO-8859-1\"")
        #expect(
            ResponseReader.outcome(page, of: operation, formats: Formats())
                == .ok(["said": "12 staplers", "charset": "ISO-8859-1"]))
        let plain = HTTPResponse(200, "Sunny", type: "text/plain")
        #expect(ResponseReader.outcome(plain, of: operation, formats: Formats()) == .ok("Sunny"))
    }
}
