import Foundation

/// What an EPUB says of itself: which files are its chapters, in which order (EPUB Packages 3.3).
struct EPUBPackage {
    var title: String?
    var language: String?
    /// Paths in the archive, each once.
    var chapters: [String]

    /// - Parameters:
    ///   - document: the package document, UTF-8.
    ///   - path: its own, in the archive.
    init(_ document: [UInt8], path: String, limits: ReadLimits) {
        let elements = PackageElements()
        elements.parse(document, limits: limits)
        title = elements.title.asHeading.nonBlank
        language = elements.language.asHeading.nonBlank
        var seen: Set<String> = []
        let folder = path.split(separator: "/").dropLast()
        chapters = elements.order.compactMap { elements.pages[$0] }.map { Self.resolve($0, in: folder) }
            .filter { seen.insert($0).inserted }
    }

    /// Where `META-INF/container.xml` says the package document is.
    static func path(inContainer container: [UInt8], limits: ReadLimits) -> String? {
        let elements = PackageElements()
        elements.parse(container, limits: limits)
        return elements.rootFile
    }

    private static func resolve(_ reference: String, in folder: ArraySlice<Substring>) -> String {
        let path = reference.prefix { $0 != "#" && $0 != "?" }
        var parts = reference.hasPrefix("/") ? [] : folder.map(String.init)
        for part in path.split(separator: "/") {
            switch part {
            case ".": break
            case "..": _ = parts.popLast()
            default: parts.append(part.removingPercentEncoding ?? String(part))
            }
        }
        return parts.joined(separator: "/")
    }
}

/// Gathers what is needed of a package's XML. The HTML parser reads it, which also takes what is not well-formed, and
/// makes names small.
private final class PackageElements: HTMLHandler {
    var title = ""
    var language = ""
    var rootFile: String?
    /// References by the identifiers they have in the manifest.
    var pages: [String: String] = [:]
    /// Identifiers in reading order.
    var order: [String] = []
    private var element = ""

    var isDone: Bool { false }

    func parse(_ document: [UInt8], limits: ReadLimits) {
        // Elements that the HTML parser does not know and that end themselves may be left open, each in the last.
        _ = HTMLParser(self)?.parse(document, nesting: .max, within: limits.converterTime)
    }

    func start(_ name: String, _ attributes: borrowing HTMLAttributes) {
        element = Self.localName(name)
        switch element {
        case "rootfile": rootFile = rootFile ?? attributes["full-path"]
        case "item":
            guard let id = attributes["id"], let path = attributes["href"] else { return }
            let type = attributes["media-type"] ?? ""
            if type.contains("html") { pages[id] = path }
        case "itemref":
            // Pages that are not read in order are notes and the like: they come where they stand.
            if let id = attributes["idref"] { order.append(id) }
        default: break
        }
    }

    func end(_ name: String) { element = "" }

    func characters(_ text: UnsafeBufferPointer<UInt8>, line: Int) {
        switch element {
        case "title" where title.utf8.count < 1000: title += unsafe String(decoding: text, as: UTF8.self)
        case "language" where language.isEmpty: language = unsafe String(decoding: text, as: UTF8.self)
        default: break
        }
    }

    private static func localName(_ name: String) -> String {
        name.split(separator: ":").last.map(String.init) ?? name
    }
}
