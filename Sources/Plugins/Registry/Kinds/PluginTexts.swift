package import Core

/// The first text of a plugin, by which its kind is told.
package struct FoundText: Sendable {
    package var text: String
    /// Where it is read again: as it was asked for, since a redirect may lead elsewhere another time.
    package var source: PluginSource
    /// Where it really was: what it may name depends on that.
    package var origin: PluginSource
    /// What is written relative in it counts from here; nil for what was sent inline.
    package var place: Place?
    /// The text taken apart, where it was sent as JSON.
    package var value: JSONValue?

    /// The plugin that this text describes alone.
    ///
    /// - Parameter parsed: what the kind has taken it apart into.
    package func whole(parsed: (any Sendable)? = nil) -> PluginTexts {
        PluginTexts(source: source, document: text, documentSource: origin, parsed: parsed)
    }
}

/// The texts of a plugin, and where they were read. The store keeps them, so that a newer Squire reads them anew.
package struct PluginTexts: Sendable {
    /// Where they are read again.
    package var source: PluginSource
    /// The text that names the document; nil where the document is registered alone.
    package var manifest: String?
    package var document: String
    package var documentSource: PluginSource
    /// The URL by which the manifest names the document; nil where it is no URL.
    package var documentURL: WebURL?
    /// What its kind has taken the document apart into to see what it is. No other kind looks at it.
    package var parsed: (any Sendable)?

    /// The text by which the kind is told.
    var first: String { manifest ?? document }

    /// Keeps what a server has got for its tools as the document of the text by which the kind is told.
    mutating func keep(_ tools: String) {
        manifest = first
        document = tools
        documentSource = source
        documentURL = nil
        parsed = nil
    }
}
