import Core
import Foundation
import Testing

@testable import Plugins

@Suite("Requests of calls")
struct RequestTests {
    /// The URL of a call of GET /a with one parameter in the query.
    private func query(_ parameter: String, _ value: JSONValue) throws -> String {
        let operation = try operation(
            "paths: {/a: {get: {summary: A, parameters: [{name: \"p q\", in: query, schema: {}\(parameter)}]}}}")
        let url = RequestBuilder(operation: operation).request(["p q": value], socket: nil).url
        return String(url.dropFirst("https://api.example/v1/a".count))
    }

    @Test func `a query is percent-encoded, all but unreserved characters`() throws {
        #expect(try query("", "São Paulo & Co/é?=+~-._") == "?p%20q=S%C3%A3o%20Paulo%20%26%20Co%2F%C3%A9%3F%3D%2B~-._")
        #expect(try query("", 26.2) == "?p%20q=26.2")
        #expect(try query("", 3) == "?p%20q=3")
        #expect(try query("", true) == "?p%20q=true")
        #expect(try query("", nil) == "")
    }

    @Test func `a number arrives digit by digit, in a body and in a query, or is refused`() throws {
        let written = try operation(
            "paths: {/a: {post: {summary: A, requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {id: {type: integer}}}}}}}}}"
        )
        for digits in ["12345678901234567890", "18446744073709551615", "-9223372036854775809", "1194382957162758225"] {
            let arguments = try JSONValue(parsing: "{\"id\": \(digits)}")
            #expect(ArgumentChecker.problems(in: arguments, of: written.tool).isEmpty)
            let body = RequestBuilder(operation: written).request(arguments, socket: nil).body ?? []
            #expect(String(decoding: body, as: UTF8.self) == "{\"id\":\(digits)}")
            #expect(try query("", JSONValue(parsing: digits)) == "?p%20q=\(digits)")
        }
        let fraction = try JSONValue(parsing: "{\"id\": 12345678901234567890.5}")
        #expect(ArgumentChecker.problems(in: fraction, of: written.tool).count == 1)
    }

    @Test func `bounds hold for numbers beyond 64 bits too`() throws {
        let bounded = try operation(
            "paths: {/a: {get: {summary: A, parameters: [{name: n, in: query, schema: {type: integer, minimum: 0, maximum: 18446744073709551615}}]}}}"
        ).tool
        func isRight(_ number: String) throws -> Bool {
            ArgumentChecker.problems(in: ["n": try JSONValue(parsing: number)], of: bounded).isEmpty
        }
        #expect(try isRight("18446744073709551615") && isRight("9223372036854775808") && isRight("0"))
        #expect(try !isRight("18446744073709551616") && !isRight("-1") && !isRight("-18446744073709551615"))
    }

    @Test func `lists and objects in a query follow their style`() throws {
        #expect(try query("", ["a", "b,c"]) == "?p%20q=a&p%20q=b%2Cc")
        #expect(try query("", []) == "")
        #expect(try query(", explode: false", ["a", "b,c"]) == "?p%20q=a,b%2Cc")
        #expect(try query(", style: pipeDelimited, explode: false", ["a", "b"]) == "?p%20q=a%7Cb")
        #expect(try query(", style: spaceDelimited, explode: false", ["a", "b"]) == "?p%20q=a%20b")
        #expect(try query("", ["x": 1, "y": "2&"]) == "?x=1&y=2%26")
        #expect(try query(", explode: false", ["x": 1, "y": 2]) == "?p%20q=x,1,y,2")
        #expect(try query(", style: deepObject, explode: true", ["x": 1, "y": 2]) == "?p%20q%5Bx%5D=1&p%20q%5By%5D=2")
    }

    @Test func `a parameter with JSON content is sent as JSON`() throws {
        let operation = try operation(
            "paths: {/a: {get: {summary: A, parameters: [{name: f, in: query, content: {application/json: {schema: {type: object}}}}]}}}"
        )
        let url = RequestBuilder(operation: operation).request(["f": ["x": [1]]], socket: nil).url
        #expect(url == "https://api.example/v1/a?f=%7B%22x%22%3A%5B1%5D%7D")
    }

    private static let path = """
        paths:
          /a/{id}/b:
            get:
              summary: A
              parameters:
                - {name: id, in: path, required: true, schema: {}}
                - {name: X-List, in: header, schema: {}}
        """

    @Test func `a path is encoded by parts, and lists in it by commas`() throws {
        let builder = RequestBuilder(operation: try operation(Self.path))
        #expect(builder.request(["id": "a/b {id}"], socket: nil).url.hasSuffix("/v1/a/a%2Fb%20%7Bid%7D/b"))
        #expect(builder.request(["id": [3, "4,5"]], socket: nil).url.hasSuffix("/v1/a/3,4%2C5/b"))
        #expect(builder.request(["id": ["x": 1, "y": 2]], socket: nil).url.hasSuffix("/v1/a/x,1,y,2/b"))
    }

    @Test func `a header is sent as it is, lists by commas`() throws {
        let request = RequestBuilder(operation: try operation(Self.path))
            .request(["id": 1, "X-List": ["a b", 2]], socket: "/run/a.sock")
        #expect(request.headers.contains(HTTPHeader("X-List", "a b,2")))
        #expect(request.socketPath == "/run/a.sock")
    }

    @Test func `a path's part that would name another path, and a header that would be two, are refused`() throws {
        let builder = RequestBuilder(operation: try operation(Self.path))
        for value: JSONValue in ["", ".", ".."] {
            #expect(builder.problems(["id": value]) == ["id: \(value.text) cannot be part of a path"])
        }
        #expect(builder.problems(["id": "..."]).isEmpty)
        #expect(builder.problems(["id": "a", "X-List": "a\r\nHost: b"]).first?.hasPrefix("X-List: ") == true)
    }

    private func body(isRequired: Bool) throws -> RequestBuilder {
        RequestBuilder(
            operation: try operation(
                "paths: {/a: {patch: {summary: A, requestBody: {required: \(isRequired), content: {application/merge-patch+json: {schema: {type: object, required: [a], properties: {a: {type: integer}, b: {type: integer}}}}}}}}}"
            ))
    }

    @Test func `a body has the type the document declares`() throws {
        let request = try body(isRequired: true).request(["a": 1, "b": 2], socket: nil)
        #expect(request.method == "PATCH")
        #expect(request.body == Array(#"{"a":1,"b":2}"#.utf8))
        #expect(request.headers.contains(HTTPHeader("Content-Type", "application/merge-patch+json")))
    }

    @Test func `a body that is not required is sent only with a member, and then needs those the schema requires`()
        throws
    {
        let builder = try body(isRequired: false)
        #expect(builder.operation.tool.parameters["required"] == nil)
        #expect(builder.request([:], socket: nil).body == nil)
        #expect(builder.problems([:]).isEmpty)
        #expect(builder.problems(["b": 1]) == ["a: is required together with the other members of the body"])
        #expect(try body(isRequired: true).operation.tool.parameters["required"] == ["a"])
    }

    @Test func `an API that asks for it is told the asker's time zone, and no other is`() throws {
        func zones(_ root: String) throws -> [String] {
            let operation = try operation("\(root)\npaths: {/a: {get: {summary: A}}}")
            return Asker.$timeZone.withValue(TimeZone(identifier: "Asia/Tokyo")) {
                RequestBuilder(operation: operation).request([:], socket: nil).headers.filter { $0.name == "Time-Zone" }
                    .map(\.value)
            }
        }
        #expect(try zones("x-squire-time-zone: true") == ["Asia/Tokyo"])
        #expect(try zones("x-squire-time-zone: false").isEmpty && zones("").isEmpty)
    }
}
