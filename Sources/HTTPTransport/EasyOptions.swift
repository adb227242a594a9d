import CCurl
import Core
import Foundation

/// Tells an easy handle what to send and whom to tell what comes. The options are those of curl_easy_setopt(3).
@safe struct EasyOptions {
    private let easy: UnsafeMutableRawPointer

    init(_ handle: OpaquePointer) {
        unsafe easy = UnsafeMutableRawPointer(handle)
    }

    /// - Parameters:
    ///   - hop: what to ask, and how to get there.
    ///   - context: an unretained `Transfer`, which outlives its place in the loop.
    /// - Returns: what the handle uses until it is reset or gone.
    func apply(_ hop: Hop, context: UnsafeMutableRawPointer) -> Lists {
        let request = hop.request
        set(CURLOPT_URL, hop.url.text)
        setMethod(request)
        let lists = unsafe Lists(headers: Self.headerList(request), addresses: Self.addressList(hop))
        unsafe squire_curl_set_list(easy, CURLOPT_HTTPHEADER, lists.headers)
        unsafe squire_curl_set_list(easy, CURLOPT_RESOLVE, lists.addresses)
        set(CURLOPT_USERAGENT, "Squire/0.1")
        // Every encoding this libcurl can decode.
        set(CURLOPT_ACCEPT_ENCODING, "")
        set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))

        set(CURLOPT_PROTOCOLS_STR, "http,https")
        // Redirects are followed by `Transfer`; these hold should libcurl ever do it.
        set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        // The environment's proxies are looked at by `Route`; libcurl is told the outcome. An empty text is none.
        set(CURLOPT_NOPROXY, "")
        switch hop.route {
        case .socket(let path):
            set(CURLOPT_PROXY, "")
            set(CURLOPT_UNIX_SOCKET_PATH, path)
        case .proxy(let proxy): set(CURLOPT_PROXY, proxy)
        case .direct: set(CURLOPT_PROXY, "")
        }

        set(CURLOPT_NOSIGNAL, 1)
        // Else removing a handle whose host is being looked up would hold up the loop until the resolver answers.
        set(CURLOPT_QUICK_EXIT, 1)
        // libcurl keeps it in an int, and takes 0 for its own default.
        let connect = (request.limits.connect / .milliseconds(1)).rounded(.up)
        set(CURLOPT_CONNECTTIMEOUT_MS, Int(max(1, min(Double(Int32.max), connect))))
        unsafe setCallbacks(context)
        return lists
    }

    /// What libcurl does not copy.
    @safe struct Lists {
        fileprivate var headers: UnsafeMutablePointer<curl_slist>?
        fileprivate var addresses: UnsafeMutablePointer<curl_slist>?

        func free() {
            unsafe curl_slist_free_all(headers)
            unsafe curl_slist_free_all(addresses)
        }
    }

    private func setMethod(_ request: HTTPRequest) {
        // Servers expect a length with these methods, 0 without a body; a HEAD with a body means nothing.
        let hasBody =
            ["POST", "PUT", "PATCH"].contains(request.method) || (request.body != nil && request.method != "HEAD")
        if hasBody {
            // A body makes it a POST to libcurl. The size first: it tells how much to copy.
            let bytes = request.body ?? []
            set(CURLOPT_POST, 1)
            unsafe squire_curl_set_large(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count))
            // An empty array has no address, and without one libcurl would read standard input.
            if bytes.isEmpty { set(CURLOPT_COPYPOSTFIELDS, "") }
            unsafe bytes.withUnsafeBytes { buffer in
                guard let start = buffer.baseAddress, unsafe !buffer.isEmpty else { return }
                unsafe squire_curl_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: start))
            }
        } else if request.method == "HEAD" {
            set(CURLOPT_NOBODY, 1)
        }
        if request.method != (hasBody ? "POST" : "GET") { set(CURLOPT_CUSTOMREQUEST, request.method) }
    }

    private static func headerList(_ request: HTTPRequest) -> UnsafeMutablePointer<curl_slist>? {
        var list: UnsafeMutablePointer<curl_slist>?
        for header in request.headers {
            // "Name:" would remove the header; "Name;" is how libcurl is told to send it empty.
            let isEmpty = header.value.allSatisfy { $0 == " " || $0 == "\t" }
            unsafe list = curl_slist_append(list, isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
        }
        let given = Set(request.headers.map { $0.name.lowercased() })
        // Else libcurl asks the server to confirm before a long body, and calls every body a form.
        for name in ["Expect", "Content-Type"] where !given.contains(name.lowercased()) {
            unsafe list = curl_slist_append(list, "\(name):")
        }
        return unsafe list
    }

    /// In CURLOPT_RESOLVE's form; nil leaves it to the resolver.
    private static func addressList(_ hop: Hop) -> UnsafeMutablePointer<curl_slist>? {
        guard !hop.addresses.isEmpty else { return nil }
        let origin = hop.url.origin
        return unsafe curl_slist_append(
            nil, "\(origin.host.text):\(origin.port):\(hop.addresses.joined(separator: ","))")
    }

    private func setCallbacks(_ context: UnsafeMutableRawPointer) {
        unsafe squire_curl_set_pointer(easy, CURLOPT_PREREQDATA, context)
        // For every request, also where a connection is used again that an earlier request has made.
        unsafe squire_curl_set_prerequest(easy) { context, address, _, _, _ in
            let address = unsafe address.map { unsafe String(cString: $0) } ?? ""
            return unsafe Transfer.at(context)?.connected(to: address) == true
                ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
        }
        unsafe squire_curl_set_pointer(easy, CURLOPT_OPENSOCKETDATA, context)
        // For every address of a host, before anything is sent there.
        unsafe squire_curl_set_opener(easy) { context, _, address in
            guard let address = unsafe address,
                unsafe Transfer.at(context)?.mayConnect(to: SocketAddress(address)) == true
            else { return CURL_SOCKET_BAD }
            return unsafe squire_curl_socket(address)
        }
        unsafe squire_curl_set_pointer(easy, CURLOPT_WRITEDATA, context)
        unsafe squire_curl_set_receiver(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            let buffer = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
            guard unsafe Transfer.at(context)?.receive(buffer) == true else { return Transfer.refused(size * count) }
            return size * count
        }
        unsafe squire_curl_set_pointer(easy, CURLOPT_HEADERDATA, context)
        unsafe squire_curl_set_receiver(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            let line = unsafe String(decoding: UnsafeRawBufferPointer(start: bytes, count: size * count), as: UTF8.self)
            guard unsafe Transfer.at(context)?.receive(headerLine: line) == true else {
                return Transfer.refused(size * count)
            }
            return size * count
        }
    }

    private func set(_ option: CURLoption, _ value: String) {
        unsafe squire_curl_set_string(easy, option, value)
    }

    private func set(_ option: CURLoption, _ value: Int) {
        unsafe squire_curl_set_long(easy, option, value)
    }
}

extension SocketAddress {
    fileprivate init(_ address: UnsafePointer<curl_sockaddr>) {
        var bytes = [UInt8](repeating: 0, count: 16)
        switch unsafe squire_curl_address(address, &bytes) {
        case 4, 6: self = .ip(IPAddress(bits: bytes.reduce(0) { $0 << 8 | UInt128($1) }))
        case 1: self = .unix
        default: self = .other
        }
    }
}

extension Transfer {
    fileprivate static func at(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        unsafe context.map { unsafe Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    /// A count other than the one that came ends the transfer, also where nothing came.
    fileprivate static func refused(_ count: Int) -> Int {
        count == 0 ? 1 : 0
    }
}
