/// Where the text of a manifest or of an API document came from. It is decided once, when the text is read, and stored with
/// the text: what a text may name depends on it.
package enum PluginSource: Sendable, Hashable {
    /// A file of this machine, by its absolute path. It is the owner's own word, also in a plugins folder.
    case file(String)
    /// A URL, in `WebURL`'s form, and the kind of address that answered there.
    case url(String, from: AddressClass)
    /// Sent whole by a client of the socket, which runs as the owner.
    case inline

    /// As a person writes it: a path or a URL; nil for what was sent inline.
    package var place: String? {
        switch self {
        case .file(let path): path
        case .url(let url, _): url
        case .inline: nil
        }
    }

    /// The same for the same place in every version of Squire.
    package var text: String {
        switch self {
        case .file(let path): "file:\(path)"
        case .url(let url, _): "url:\(url)"
        case .inline: "inline"
        }
    }

    /// Whether a command that starts the plugin's server may stand in it, and a file of this machine.
    package var mayNameCommand: Bool {
        if case .file = self { true } else { false }
    }

    /// Whether a Unix socket of this machine may stand in it.
    package var mayNameSocket: Bool {
        if case .url = self { false } else { true }
    }

    /// Which addresses the URLs in it may lead to.
    package var network: NetworkPolicy {
        switch self {
        case .file, .inline: .owner
        case .url(_, let kind): .from(kind)
        }
    }
}
