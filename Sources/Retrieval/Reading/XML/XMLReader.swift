import CXML2
import Core

/// Reads XML as data: an element with elements in it is an object, one that comes several times a list, and one that holds
/// nothing else its text. Attributes are members too.
enum XMLReader {
    /// Nil where the text is no XML, or nested deeper than `nesting`.
    ///
    /// - Parameter text: UTF-8.
    static func value(of text: [UInt8], nesting: Int) -> JSONValue? {
        let collector = XMLCollector(nesting: nesting)
        guard let parser = XMLParser(collector), parser.parse(text) else { return nil }
        return collector.value
    }

    /// Bytes of a text that may be a number.
    private static let longestNumber = 64

    /// A text as the value that it writes: a number as JSON writes it, true or false, nothing.
    static func scalar(_ text: String) -> JSONValue {
        switch text {
        case "": return .null
        case "true", "True", "TRUE": return true
        case "false", "False", "FALSE": return false
        default:
            guard text.utf8.count <= longestNumber, text.utf8.first.map({ $0.isDigit || $0 == .hyphen }) == true,
                let value = try? JSONValue(parsing: text), value.number != nil
            else { return .string(text) }
            return value
        }
    }
}

/// Puts values together from elements, as these start and end.
private final class XMLCollector {
    private struct Open {
        var members: JSONObject = [:]
        /// The members that came more than once.
        var repeated: Set<String> = []
        var text: [UInt8] = []
    }

    private let nesting: Int
    private var open: [Open] = []
    private(set) var value: JSONValue?
    private(set) var isTooDeep = false

    /// The member that holds the text of an element with other members.
    private static let textMember = "text"

    init(nesting: Int) { self.nesting = nesting }

    func start(_ attributes: [(String, String)]) {
        guard open.count < nesting else {
            isTooDeep = true
            return
        }
        var element = Open()
        for (name, text) in attributes where name != "xmlns" && !name.hasPrefix("xmlns:") {
            element.members.updateValue(XMLReader.scalar(text), forKey: Self.plain(name))
        }
        open.append(element)
    }

    func characters(_ text: UnsafeBufferPointer<UInt8>) {
        guard !open.isEmpty else { return }
        unsafe open[open.count - 1].text.append(contentsOf: text)
    }

    func end(_ name: String) {
        guard let element = open.popLast() else { return }
        let text = element.text[...].trimmed.text
        var value = JSONValue.object(element.members)
        if element.members.isEmpty {
            value = XMLReader.scalar(text)
        } else if !text.isEmpty, element.members[Self.textMember] == nil {
            var members = element.members
            members.updateValue(XMLReader.scalar(text), forKey: Self.textMember)
            value = .object(members)
        }
        guard !open.isEmpty else {
            self.value = value
            return
        }
        let name = Self.plain(name)
        let index = open.count - 1
        guard let before = open[index].members[name] else {
            open[index].members.updateValue(value, forKey: name)
            return
        }
        // The list is taken out while it grows, lest each item copy it.
        open[index].members.updateValue(.null, forKey: name)
        if open[index].repeated.insert(name).inserted {
            open[index].members.updateValue([before, value], forKey: name)
        } else if case .array(var items) = consume before {
            items.append(value)
            open[index].members.updateValue(.array(items), forKey: name)
        }
    }

    /// Without the prefix of a namespace.
    private static func plain(_ name: String) -> String {
        name.split(separator: ":").last.map(String.init) ?? name
    }
}

/// libxml2's XML parser, without a tree. It resolves no entities but XML's own and loads nothing.
@safe private struct XMLParser: ~Copyable {
    private let context: xmlParserCtxtPtr
    /// libxml2 holds it unretained for as long as the context lives.
    private let collector: XMLCollector

    init?(_ collector: XMLCollector) {
        HTMLParser.initialized
        let context = unsafe squire_xml_make(
            Unmanaged.passUnretained(collector).toOpaque(),
            { reader, _, pairs in
                var attributes: [(String, String)] = []
                var index = 0
                while let pairs = unsafe pairs, let name = unsafe pairs[index] {
                    let value = unsafe pairs[index + 1].map { unsafe String(cString: $0) } ?? ""
                    unsafe attributes.append((String(cString: name), value))
                    index += 2
                }
                unsafe XMLParser.collector(reader)?.start(attributes)
            },
            { reader, name in
                guard let name = unsafe name else { return }
                unsafe XMLParser.collector(reader)?.end(String(cString: name))
            },
            { reader, text, count in
                unsafe XMLParser.collector(reader)?.characters(UnsafeBufferPointer(start: text, count: Int(count)))
            })
        guard let context = unsafe context else { return nil }
        unsafe self.context = context
        self.collector = collector
    }

    deinit { unsafe xmlFreeParserCtxt(context) }

    private static func collector(_ reader: UnsafeMutableRawPointer?) -> XMLCollector? {
        unsafe reader.map { unsafe Unmanaged<XMLCollector>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Whether all of it is XML.
    consuming func parse(_ text: [UInt8]) -> Bool {
        var start = 0
        repeat {
            var end = min(start + Self.chunk, text.count)
            // A chunk that ended within a character would lose it.
            while end < text.count, end > start + 1, text[end] & 0xC0 == 0x80 { end -= 1 }
            let isWell = unsafe text[start..<end].withUnsafeBytes { chunk in
                unsafe xmlParseChunk(
                    context, chunk.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(chunk.count),
                    end == text.count ? 1 : 0) == 0
            }
            guard isWell, !collector.isTooDeep, !Task.isCancelled else { return false }
            start = end
        } while start < text.count
        return true
    }

    private static let chunk = 64 << 10
}
