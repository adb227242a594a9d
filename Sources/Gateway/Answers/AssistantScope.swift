package import Core

/// What the daemon's own assistant may use for a client of the gateway: the request field `squire`, or what is configured
/// for those who do not send it.
package struct AssistantScope: Sendable, Hashable {
    package var plugins: NameSelection
    package var collections: NameSelection

    package init(plugins: NameSelection, collections: NameSelection) {
        self.plugins = plugins
        self.collections = collections
    }

    /// Whether there is nothing to ask it for: then the model answers alone.
    var isEmpty: Bool { plugins == .named([]) && collections == .named([]) }
}

extension AssistantScope {
    /// `"squire": {"plugins": "auto", "collections": ["work"]}`.
    ///
    /// - Parameter configured: what holds where the field says nothing of one of the two.
    /// - Returns: nil where the request does not speak of it.
    /// - Throws: `APIError`.
    init?(_ fields: Fields, configured: AssistantScope?) throws(APIError) {
        guard let squire = try fields.object("squire") else { return nil }
        let plugins = try Self.selection("plugins", of: squire)
        let collections = try Self.selection("collections", of: squire)
        guard plugins != nil || collections != nil else { return nil }
        // Who turns both off says so; who asks for plugins has always been given documents too.
        let other: NameSelection = plugins == .named([]) ? .named([]) : .auto
        self.init(
            plugins: plugins ?? configured?.plugins ?? .named([]),
            collections: collections ?? configured?.collections ?? other)
    }

    private static func selection(_ name: String, of squire: Fields) throws(APIError) -> NameSelection? {
        guard let value = squire[name] else { return nil }
        if value == "auto" { return .auto }
        let names = value.array?.compactMap(\.string)
        guard let names, names.count == value.array?.count else {
            throw squire.invalid(name, "must be \"auto\" or a list of names")
        }
        return .named(names)
    }
}
