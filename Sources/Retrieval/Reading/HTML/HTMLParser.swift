import CXML2

/// What `HTMLParser` calls while it parses. Every start has an end, unless the parse is broken off.
protocol HTMLHandler: AnyObject {
    /// Whether it has no use for more.
    var isDone: Bool { get }
    /// - Parameter name: in small letters.
    func start(_ name: String, _ attributes: borrowing HTMLAttributes)
    func end(_ name: String)
    /// - Parameter line: where the text ends.
    func characters(_ text: UnsafeBufferPointer<UInt8>, line: Int)
}

/// An element's attributes, while it starts.
@safe struct HTMLAttributes: ~Copyable {
    /// Names and values in turn, ended by NULL.
    private let pairs: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?

    fileprivate init(_ pairs: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?) { unsafe self.pairs = pairs }

    /// - Parameter name: in small letters.
    subscript(name: StaticString) -> String? {
        guard let pairs = unsafe pairs else { return nil }
        var index = 0
        while let found = unsafe pairs[index] {
            if unsafe strcmp(found, name.utf8Start) == 0 {
                return unsafe pairs[index + 1].map { unsafe String(cString: $0) } ?? ""
            }
            index += 2
        }
        return nil
    }
}

/// libxml2's HTML parser, fed in chunks, without a tree: a page takes no more memory than its text.
@safe struct HTMLParser: ~Copyable {
    enum End {
        case complete
        /// Deeper nesting makes each further tag slower.
        case tooDeep
        case tooSlow
    }

    private let context: htmlParserCtxtPtr
    /// libxml2 holds it unretained for as long as the context lives.
    private let callbacks: HTMLCallbacks

    /// libxml2 is set up once, before the first parser of any kind.
    static let initialized: Void = xmlInitParser()

    init?(_ handler: any HTMLHandler) {
        Self.initialized
        let callbacks = HTMLCallbacks(handler)
        let context = unsafe squire_html_make(
            Unmanaged.passUnretained(callbacks).toOpaque(),
            { reader, name, attributes in
                guard let callbacks = unsafe HTMLCallbacks.of(reader), let name = unsafe name else { return }
                unsafe callbacks.handler.start(String(cString: name), HTMLAttributes(attributes))
            },
            { reader, name in
                guard let callbacks = unsafe HTMLCallbacks.of(reader), let name = unsafe name else { return }
                unsafe callbacks.handler.end(String(cString: name))
            },
            { reader, text, count in
                guard let callbacks = unsafe HTMLCallbacks.of(reader) else { return }
                unsafe callbacks.handler.characters(
                    UnsafeBufferPointer(start: text, count: Int(count)), line: callbacks.line)
            })
        guard let context = unsafe context else { return nil }
        unsafe callbacks.context = context
        unsafe self.context = context
        self.callbacks = callbacks
    }

    deinit { unsafe htmlFreeParserCtxt(context) }

    /// Parses a whole page.
    ///
    /// - Parameters:
    ///   - page: UTF-8.
    ///   - nesting: of elements in one another, at most.
    consuming func parse(_ page: [UInt8], nesting: Int, within time: Duration) -> End {
        let bytes = OverlongTags.cut(page)
        let deadline = ContinuousClock.now + time
        var start = 0
        while start < bytes.count {
            var end = min(start + Self.chunk, bytes.count)
            // A chunk that ended within a character would lose it.
            while end < bytes.count, end > start + 1, bytes[end] & 0xC0 == 0x80 { end -= 1 }
            unsafe bytes[start..<end].withUnsafeBytes { chunk in
                _ = unsafe htmlParseChunk(
                    context, chunk.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(chunk.count), 0)
            }
            if unsafe Int(squire_html_depth(context)) > nesting { return .tooDeep }
            if callbacks.handler.isDone { return .complete }
            if Task.isCancelled || ContinuousClock.now > deadline { return .tooSlow }
            start = end
        }
        unsafe _ = htmlParseChunk(context, nil, 0, 1)
        return .complete
    }

    /// So that depth and time are looked at often: a chunk of `<b>` alone is 1,365 elements deep.
    private static let chunk = 4096
}

@safe private final class HTMLCallbacks {
    let handler: any HTMLHandler
    /// Of the parser that owns this object, and ends with it.
    var context: htmlParserCtxtPtr?

    init(_ handler: any HTMLHandler) { self.handler = handler }

    /// The object libxml2 gives back, which lives as long as the parser that calls.
    static func of(_ reader: UnsafeMutableRawPointer?) -> HTMLCallbacks? {
        unsafe reader.map { unsafe Unmanaged<HTMLCallbacks>.fromOpaque($0).takeUnretainedValue() }
    }

    var line: Int { unsafe context.map { unsafe Int(squire_html_line($0)) } ?? 0 }
}
