import Core
import Testing

@testable import HTTPTransport

/// What a redirect may do, without a network: what the tests' servers cannot be, public and secure, matters here.
struct HopTests {
    private let rules = NetworkRules(names: LocalNames(), proxies: ProxySettings([:]), hooks: CurlTransport.Hooks())

    private func redirected(
        _ request: HTTPRequest, to url: String, status: Int = 302, reached: AddressClass = .global
    ) throws -> HTTPRequest? {
        try Hop(request, rules).redirected(status: status, to: url, reached: reached)
    }

    private func code(
        _ request: HTTPRequest, to url: String, status: Int = 302, reached: AddressClass = .global
    ) -> HTTPError.Code? {
        let error = #expect(throws: HTTPError.self) {
            try redirected(request, to: url, status: status, reached: reached)
        }
        return error?.code
    }

    @Test func `what only reads is taken from http to https of the same host`() throws {
        let request = HTTPRequest(url: "http://a.example/x", headers: [HTTPHeader("Accept", "text/plain")])
        #expect(try redirected(request, to: "https://A.example./y")?.url == "https://a.example/y")
        for target in ["https://b.example/", "https://a.example:8443/", "https://sub.a.example/"] {
            #expect(code(request, to: target) == .redirectRefused)
        }
        #expect(code(HTTPRequest(url: "http://a.example:8080/x"), to: "https://a.example/x") == .redirectRefused)
        #expect(code(HTTPRequest(url: "https://a.example/x"), to: "http://a.example/x") == .redirectRefused)
    }

    @Test func `a body and a header that may hold a credential are not taken to https either`() throws {
        let key = HTTPRequest(url: "http://a.example/x", headers: [HTTPHeader("X-API-Key", "1")])
        #expect(code(key, to: "https://a.example/x") == .redirectRefused)
        let post = HTTPRequest(method: "POST", url: "http://a.example/x", body: [1])
        #expect(code(post, to: "https://a.example/x", status: 308) == .redirectRefused)
        // A 303 asks for reading what has been done.
        let seen = try redirected(post, to: "https://a.example/x", status: 303)
        #expect(seen?.method == "GET" && seen?.body == nil)
    }

    @Test func `a document may move from one public address to another, without credentials and not out of https`()
        throws
    {
        let headers = [HTTPHeader("Accept", "*/*"), HTTPHeader("X-API-Key", "1")]
        let request = HTTPRequest(
            url: "https://a.example/x", headers: headers, network: .owner, redirects: .publicOrigins)
        let next = try redirected(request, to: "https://cdn.example/y")
        #expect(next?.headers == [HTTPHeader("Accept", "*/*")])
        #expect(next?.network == .global)
        #expect(code(request, to: "http://cdn.example/y") == .redirectRefused)
        for kind in AddressClass.allCases where kind != .global {
            #expect(code(request, to: "https://cdn.example/y", reached: kind) == .redirectRefused)
        }
    }

    @Test(arguments: [
        "http://127.0.0.1/", "http://localhost/", "http://2130706433/", "http://[::ffff:127.0.0.1]/",
        "http://192.168.1.1/", "http://169.254.169.254/latest", "http://0x7f.1/", "http://0177.0.0.1/",
    ])
    func `a document that moves to an address of this machine or a private network is not followed there`(
        target: String
    ) throws {
        let request = HTTPRequest(url: "http://a.example/x", network: .owner, redirects: .publicOrigins)
        let next = try #require(try redirected(request, to: target))
        let error = #expect(throws: HTTPError.self) { try Hop(next, rules) }
        #expect(error?.code == .addressRefused)
    }
}
