import Core

/// The proxies that the environment names, as curl reads it: `http_proxy` (in lower case only, because a CGI program's
/// client can set `HTTP_PROXY`), `https_proxy`, `all_proxy`, and `no_proxy` for hosts to reach without one.
struct ProxySettings: Sendable {
    private let http: String?
    private let https: String?
    private let exceptions: [Substring]

    init(_ environment: [String: String]) {
        func value(_ names: String...) -> String? {
            names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        }
        let all = value("all_proxy", "ALL_PROXY")
        http = value("http_proxy") ?? all
        https = value("https_proxy", "HTTPS_PROXY") ?? all
        exceptions = (value("no_proxy", "NO_PROXY") ?? "").lowercased().split { $0 == "," || $0 == " " }
    }

    func proxy(for origin: WebURL.Origin) -> String? {
        guard let proxy = origin.isSecure ? https : http, !exceptions.contains(where: { Self.matches($0, origin.host) })
        else { return nil }
        return proxy
    }

    /// Whether an entry of `no_proxy` is the host: `*`, a name and all below it, an address, or a range of addresses.
    private static func matches(_ entry: Substring, _ host: WebURL.Host) -> Bool {
        if entry == "*" { return true }
        switch host {
        case .name(let name):
            let entry = entry.hasPrefix(".") ? entry.dropFirst() : entry
            return name == entry || name.hasSuffix("." + entry)
        case .address(let address):
            let text = entry.filter { $0 != "[" && $0 != "]" }
            return IPAddress(text) == address || IPPrefix(text)?.contains(address) == true
        }
    }
}
