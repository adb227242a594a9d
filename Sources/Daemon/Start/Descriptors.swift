#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How the open files that the system allows are shared out: connections have limits of their own, so that none of them
/// keeps the database, plugin calls or the owner from opening one.
struct Descriptors: Hashable, Sendable {
    /// All that this process may have open.
    let limit: Int
    let gateway: Int
    let socket: Int

    /// What everything but connections is left, at the least.
    private static let reserve = 256

    /// - Parameters:
    ///   - limit: all that there may be.
    ///   - gateway: the most connections of the gateway, where that is configured; as of the socket.
    init(limit: Int, gateway: Int? = nil, socket: Int? = nil) {
        self.limit = limit
        // Of a small limit, half.
        let free = max(2, limit - max(min(Self.reserve, limit / 2), limit / 4))
        let forSocket = min(socket ?? 1024, max(1, free / 4))
        self.socket = forSocket
        self.gateway = min(gateway ?? 1024, max(1, free - forSocket))
    }

    /// Raises this process' limit of open files to what it may raise it to itself, up to what serves anything: some
    /// programs that are started go through all numbers there may be.
    ///
    /// - Returns: the limit that holds.
    static func raise() -> Int {
        var limits = rlimit()
        guard unsafe getrlimit(resource, &limits) == 0 else { return 1024 }
        let wanted = min(limits.rlim_max, most)
        if limits.rlim_cur < wanted {
            var raised = limits
            raised.rlim_cur = wanted
            if unsafe setrlimit(resource, &raised) == 0 { limits = raised }
        }
        return Int(min(limits.rlim_cur, rlim_t(Int32.max)))
    }

    private static let most = rlim_t(16_384)

    #if canImport(Glibc)
        private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
        private static let resource = RLIMIT_NOFILE
    #endif
}
