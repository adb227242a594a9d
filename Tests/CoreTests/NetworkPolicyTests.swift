import Core
import Testing

struct NetworkPolicyTests {
    @Test func `what was read from a place may name such places and public ones; only the owner may name them all`() {
        #expect(PluginSource.file("/a").network == .owner && PluginSource.inline.network == .owner)
        for kind in AddressClass.allCases where kind != .reserved {
            let classes = PluginSource.url("http://a/", from: kind).network.classes
            #expect(classes == [.global, kind])
        }
        #expect(PluginSource.url("http://a/", from: .reserved).network == .global)
        #expect(!NetworkPolicy.owner.classes.contains(.reserved))
    }

    @Test func `only a file names commands, and what is from the network names no socket`() {
        let url = PluginSource.url("http://127.0.0.1/", from: .loopback)
        #expect(PluginSource.file("/a").mayNameCommand && !PluginSource.inline.mayNameCommand && !url.mayNameCommand)
        #expect(PluginSource.file("/a").mayNameSocket && PluginSource.inline.mayNameSocket && !url.mayNameSocket)
    }

    @Test func `a host that is certainly elsewhere is refused before it is looked up`() throws {
        for (host, kind) in [
            ("127.1", AddressClass.loopback), ("localhost", .loopback), ("a.localhost", .loopback),
            ("10.0.0.1", .privateNetwork),
            ("[fe80::1]", .linkLocal), ("0.0.0.0", .reserved),
        ] {
            let host = try WebURL("http://\(host)/").origin.host
            #expect(NetworkPolicy.global.refuses(host) == kind)
            #expect(NetworkPolicy.owner.refuses(host) == (kind == .reserved ? .reserved : nil))
        }
        #expect(NetworkPolicy.global.refuses(.name("nas")) == nil)
    }

    @Test func `only names that the public DNS does not have, and listed ones, may have private addresses`() {
        let names = LocalNames(["Wiki.example.com", "*.corp.example.com", ".inside.example.com", "*", ""])
        let everywhere = NetworkPolicy.owner.classes
        for name in [
            "nas", "nas.local", "a.b.lan", "x.home.arpa", "x.internal", "wiki.example.com", "a.corp.example.com",
            "a.inside.example.com", "server.test",
        ] {
            #expect(names.classes(of: .name(name)) == everywhere, "\(name)")
        }
        for name in [
            "example.com", "a.wiki.example.com", "corp.example.com", "evilcorp.example.com", "home.arpa.com",
            "127.0.0.1.nip.io",
        ] {
            #expect(names.classes(of: .name(name)) == [.global], "\(name)")
        }
        #expect(names.classes(of: .name("a.localhost")) == [.loopback])
    }

    @Test func `headers of the connection are reserved, in any letters`() {
        for name in [
            "Host", "COOKIE", "Set-Cookie", "Transfer-Encoding", "connection", "Content-Length", "TE", "Trailer",
            "Upgrade",
            "Expect", "Keep-Alive", "Proxy", "Proxy-Authorization", "proxy-x", "Sec-Fetch-Site", "Origin", "Referer",
            "Via",
        ] {
            #expect(HTTPHeader.isReserved(name), "\(name)")
        }
        for name in [
            "Accept", "Authorization", "X-API-Key", "If-Match", "Idempotency-Key", "Content-Language", "Hosts",
        ] {
            #expect(!HTTPHeader.isReserved(name), "\(name)")
        }
        for name in ["", "X Y", "X:", "X\r\nHost", "Ä"] { #expect(!HTTPHeader.isName(name)) }
    }
}
