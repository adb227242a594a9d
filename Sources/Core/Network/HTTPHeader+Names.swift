extension HTTPHeader {
    /// Whether a name is a token (RFC 9110, section 5.6.2).
    package static func isName(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    /// Whether a header belongs to whoever makes the connection, so that nobody else may set it: it says where a request
    /// goes, where it begins and ends, or who sent it. The Fetch standard's "forbidden request-headers", and `Proxy`, which
    /// old servers take for their own proxy's address.
    package static func isReserved(_ name: String) -> Bool {
        let name = name.lowercased()
        return reserved.contains(name) || ["proxy-", "sec-", "access-control-request-"].contains(where: name.hasPrefix)
    }

    private static let reserved: Set = [
        "accept-charset", "accept-encoding", "connection", "content-length", "cookie", "cookie2", "date", "dnt",
        "expect",
        "host", "http2-settings", "keep-alive", "origin", "proxy", "referer", "set-cookie", "te", "trailer",
        "transfer-encoding", "upgrade", "via",
    ]
}
