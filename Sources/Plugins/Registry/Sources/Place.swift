package import Core
import Foundation

/// Where a manifest or an API document is to be read. What a person, a manifest or a stored record wrote is looked at here,
/// once, and never again.
package enum Place: Sendable, Hashable {
    /// An absolute path.
    case file(String)
    case web(WebURL)

    /// What a person registers: a path, or an `http`, `https` or `file` URL.
    ///
    /// - Throws: `manifestUnreadable`.
    init(registered text: String) throws(PluginError) {
        let scheme = WebURL.scheme(of: text)
        if WebURL.isMeant(by: text) {
            do throws(WebURL.Problem) {
                self = .web(try WebURL(text))
            } catch {
                throw PluginError(.manifestUnreadable, "\"\(WebURL.shown(text))\" \(error.reason)", cause: error)
            }
        } else if let scheme, scheme == "file", let path = Self.path(ofFileURL: text) {
            self = .file(path)
        } else if let scheme, text.dropFirst(scheme.count + 1).hasPrefix("//") {
            throw PluginError(
                .manifestUnreadable, "\"\(WebURL.shown(text))\" is neither a path nor an http, https or file URL")
        } else {
            self = .file(URL(fileURLWithPath: (text as NSString).expandingTildeInPath).standardizedFileURL.path)
        }
    }

    /// A place that a manifest names, counted from the manifest's own place.
    ///
    /// - Parameters:
    ///   - member: the one of the manifest that names it, for messages.
    ///   - place: where the manifest was read; nil where it was sent inline.
    ///   - source: what decides which places it may name.
    /// - Throws: `manifestInvalid`.
    package init(
        named text: String, by member: String, from place: Place?, of source: PluginSource
    ) throws(PluginError) {
        func invalid(_ reason: String) -> PluginError {
            PluginError(.manifestInvalid, "\(member): \"\(WebURL.shown(text))\" \(reason)")
        }
        do throws(WebURL.Problem) {
            switch place {
            case _ where WebURL.isMeant(by: text): self = .web(try WebURL(text))
            // A manifest from elsewhere names no file of this machine, by any spelling: what it names is a URL.
            case .web(let base): self = .web(try base.resolving(text))
            case .file(let base):
                let path = Self.path(ofFileURL: text)
                self = .file(
                    path ?? URL(fileURLWithPath: text, relativeTo: URL(fileURLWithPath: base)).standardizedFileURL.path)
            case nil: throw .notHTTP
            }
        } catch {
            throw invalid(
                place == nil && error == .notHTTP
                    ? "must be a whole http or https URL in a manifest that is sent inline" : error.reason)
        }
        if case .web(let url) = self, let kind = source.network.refuses(url.origin.host) {
            throw invalid(Self.refusal(kind, of: source, "manifest"))
        }
    }

    /// Why a text may not name an address.
    static func refusal(_ kind: AddressClass, of source: PluginSource, _ what: String) -> String {
        guard kind != .reserved, let place = source.place else { return "is \(kind.phrase)" }
        return "is \(kind.phrase), which a \(what) from \(WebURL.shown(place)) may not name"
    }

    private static func path(ofFileURL text: String) -> String? {
        guard WebURL.scheme(of: text) == "file", let url = URL(string: text), url.isFileURL, !url.path.isEmpty else {
            return nil
        }
        return url.standardizedFileURL.path
    }
}

extension PluginSource {
    /// Where to read it again; nil for what was sent inline, and for a URL that an older Squire took and that is none.
    var readingPlace: Place? {
        switch self {
        case .file(let path): .file(path)
        case .url(let url, _): (try? WebURL(url)).map(Place.web)
        case .inline: nil
        }
    }
}
