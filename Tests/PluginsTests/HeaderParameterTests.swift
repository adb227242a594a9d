import Core
import Testing

@testable import Plugins

@Suite("Parameters in headers")
struct HeaderParameterTests {
    private func read(_ name: String, isRequired: Bool) throws -> API {
        try PluginsTests.read(
            head + """
                paths:
                  /a:
                    get:
                      summary: A
                      parameters: [{name: "\(name)", in: header, required: \(isRequired), schema: {type: string}}]
                  /b: {get: {summary: B}}
                """)
    }

    private static let reserved = [
        "Host", "host", "COOKIE", "Transfer-Encoding", "Connection", "Content-Length", "TE", "Upgrade", "Expect",
        "Proxy-Authorization", "Sec-Fetch-Mode", "Keep-Alive", "Trailer", "X Y", "X-A:",
    ]

    @Test(arguments: reserved)
    func `what belongs to the connection is no argument, and a warning says where it stands`(name: String) throws {
        let api = try read(name, isRequired: false)
        #expect(api.operations.count == 2 && api.operations.first?.parameters.isEmpty == true)
        #expect(
            api.warnings == [
                "paths./a.get.parameters[0] (\(name)): no such header can be set by a call; the parameter is left out"
            ])
    }

    @Test(arguments: reserved)
    func `an operation that needs one is left out, and the others stay`(name: String) throws {
        let api = try read(name, isRequired: true)
        #expect(api.operations.map(\.path) == ["/b"])
        #expect(api.warnings.first?.hasSuffix("the operation is left out") == true)
    }

    @Test(arguments: ["X-Trace", "If-Match", "Accept-Language"])
    func `other headers are arguments`(name: String) throws {
        let api = try read(name, isRequired: true)
        #expect(api.operations.first?.parameters.map(\.name) == [name] && api.warnings.isEmpty)
    }

    @Test(arguments: ["a\r\nHost: b", "a\nb", "a\rb", "a\0b"])
    func `a value in which another line hides is refused`(value: String) throws {
        let operation = try #require(try read("X-Trace", isRequired: true).operations.first)
        #expect(RequestBuilder(operation: operation).problems(["X-Trace": .string(value)]).count == 1)
    }
}
