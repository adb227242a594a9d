import Core
import Testing

struct WebURLTests {
    @Test(arguments: [
        ("HTTP://A.Example/Path?Q#f", "http://a.example/Path?Q"), ("hTTps://a.example", "https://a.example/"),
        ("http://a.example:80/", "http://a.example/"), ("https://a.example:443", "https://a.example/"),
        ("http://a.example:8080", "http://a.example:8080/"), ("http://a.example:/x", "http://a.example/x"),
        ("http://a.example./x", "http://a.example/x"), ("http://a.example?q=1", "http://a.example/?q=1"),
        ("http://a_b.example/é", "http://a_b.example/%C3%A9"),
        ("http://xn--bcher-kva.example/", "http://xn--bcher-kva.example/"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"), ("http://127.0.0.1/", "http://127.0.0.1/"),
        ("http://[::1]:9/", "http://[::1]:9/"), ("http://[0:0:0:0:0:0:0:1]/", "http://[::1]/"),
        ("http://[::FFFF:127.0.0.1]/", "http://127.0.0.1/"), ("http://[2001:DB8::1]/", "http://[2001:db8::1]/"),
    ])
    func `one place is written in one way`(text: String, expected: String) throws {
        #expect(try WebURL(text).text == expected)
    }

    @Test(arguments: [
        "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7F.1", "0177.0.0.1", "0177.0.0.01", "0x7f.0x0.0x0.0x1",
        "017700000001", "127.0.0.1.", "１２７.０.０.１", "127。0。0。1",
    ])
    func `an address is the same however it is spelled`(host: String) throws {
        #expect(try WebURL("http://\(host):8/").text == "http://127.0.0.1:8/")
    }

    @Test(arguments: [
        ("ftp://a.example/", WebURL.Problem.notHTTP), ("a.example", .notHTTP), ("", .notHTTP), ("http:", .notHTTP),
        ("http:/a.example", .notHTTP), ("http:a.example", .notHTTP), ("http:\\\\a.example\\", .notHTTP),
        ("file:///etc/passwd", .notHTTP), ("javascript:alert(1)", .notHTTP), ("//a.example/", .notHTTP),
        ("http://user:password@a.example/", .userInfo), ("http://user@a.example/", .userInfo),
        ("http://@a.example/", .userInfo), ("http://a.example\\@b.example/", .userInfo),
        ("http://127.0.0.1:80@b.example/", .userInfo), ("http:///x", .host), ("http://", .host),
        ("http://:80/", .host),
        ("http://a.example\\b/", .host), ("http://a%2eexample/", .host), ("http://a..example/", .host),
        ("http://a,b/", .host), ("http://1.2.3.4.5/", .host), ("http://256.256.256.256/", .host),
        ("http://08.0.0.1/", .host), ("http://0x100000000/", .host), ("http://4294967296/", .host),
        ("http://[::1/", .host), ("http://[::1]x/", .host), ("http://[::1%25lo]/", .host), ("http://::1/", .host),
        ("http://a.example:x/", .port), ("http://a.example:0/", .port), ("http://a.example:65536/", .port),
        ("http://a.example:-1/", .port), ("http://a.example:+80/", .port), ("http://a b/", .characters),
        ("http://a.example/x y", .characters), ("http://a.example/\r\nHost: b", .characters),
        ("http://a\0/", .characters),
        ("http:/\u{301}/a.example", .notHTTP),
    ])
    func `what readers of URLs disagree about is refused`(text: String, problem: WebURL.Problem) {
        #expect(throws: problem) { try WebURL(text) }
    }

    @Test func `a slash with an accent is no other character than a slash`() throws {
        #expect(try WebURL("http://a.example/\u{301}@b.example/").origin.host == .name("a.example"))
        #expect(throws: WebURL.Problem.userInfo) { try WebURL("http://a.example@\u{301}b.example/") }
    }

    @Test func `a reference counts from where it was read`() throws {
        let base = try WebURL("https://a.example/docs/openapi.yaml?v=1")
        #expect(try base.resolving("v2").text == "https://a.example/docs/v2")
        #expect(try base.resolving("/v2/").text == "https://a.example/v2/")
        #expect(try base.resolving("//b.example/v2").text == "https://b.example/v2")
        #expect(try base.resolving("HTTP://127.1/").text == "http://127.0.0.1/")
        #expect(throws: WebURL.Problem.notHTTP) { try base.resolving("file:///etc/passwd") }
        #expect(throws: WebURL.Problem.userInfo) { try base.resolving("//u:p@b.example/") }
    }

    @Test func `a message shows a URL without query and user name, valid or not`() {
        #expect(WebURL.shown("http://me:pw@a.example/x?key=secret#f") == "http://a.example/x")
        #expect(WebURL.shown("http:\\\\me:pw@a.example/x") == "http:\\\\a.example/x")
        #expect(WebURL.shown("HTTPS://me:p@w@[bad/x@y") == "HTTPS://[bad/x@y")
        #expect(WebURL.shown("/home/me/a?b") == "/home/me/a")
    }

    @Test(arguments: [("HTTP://x", "http"), ("unix:/x", "unix"), ("a b:c", nil), ("/x:y", nil)])
    func `a scheme is one in any letters`(text: String, scheme: String?) {
        #expect(WebURL.scheme(of: text) == scheme)
    }
}
