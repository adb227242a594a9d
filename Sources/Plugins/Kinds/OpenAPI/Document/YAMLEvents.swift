import CYaml

/// The parts of a YAML text, one after the other, as libyaml reads them.
///
/// Yams itself makes whole trees: it follows aliases before anyone can count what they stand for, hashes keys that are
/// trees, and refuses keys that are there twice. So the library under it is used here.
@safe final class YAMLEvents {
    enum Event {
        case scalar(String, isPlain: Bool, tag: String?, anchor: String?)
        case alias(String)
        case listBegins(anchor: String?)
        case mappingBegins(anchor: String?)
        /// Of the innermost list or mapping.
        case ends
        case documentBegins
        case documentEnds
        case streamEnds
    }

    struct Failure: Error {
        var reason: String
        /// From 1.
        var line: Int
    }

    // libyaml keeps pointers into both while it reads, so that they have a fixed place until `deinit`.
    private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    private let input: UnsafeMutableBufferPointer<UInt8>
    /// The line in which the last event began, from 1.
    private(set) var line = 1

    init(_ text: String) {
        unsafe input = UnsafeMutableBufferPointer.allocate(capacity: max(1, text.utf8.count))
        _ = unsafe input.initialize(from: text.utf8)
        unsafe yaml_parser_initialize(parser)
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        unsafe yaml_parser_set_input_string(parser, input.baseAddress, text.utf8.count)
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
        unsafe input.deallocate()
    }

    /// The next event. Not to be asked for another after `streamEnds` or an error.
    func next() throws(Failure) -> Event {
        while true {
            var event = unsafe yaml_event_t()
            guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw failure }
            // Frees the event's texts, which were copied.
            defer { unsafe yaml_event_delete(&event) }
            line = unsafe event.start_mark.line + 1
            switch unsafe event.type {
            case YAML_SCALAR_EVENT:
                let scalar = unsafe event.data.scalar
                let text = unsafe String(
                    decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
                return unsafe .scalar(
                    text, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE, tag: Self.text(scalar.tag),
                    anchor: Self.text(scalar.anchor))
            case YAML_ALIAS_EVENT: return unsafe .alias(Self.text(event.data.alias.anchor) ?? "")
            case YAML_SEQUENCE_START_EVENT:
                return unsafe .listBegins(anchor: Self.text(event.data.sequence_start.anchor))
            case YAML_MAPPING_START_EVENT:
                return unsafe .mappingBegins(anchor: Self.text(event.data.mapping_start.anchor))
            case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return .ends
            case YAML_DOCUMENT_START_EVENT: return .documentBegins
            case YAML_DOCUMENT_END_EVENT: return .documentEnds
            case YAML_STREAM_END_EVENT: return .streamEnds
            default: continue
            }
        }
    }

    private var failure: Failure {
        let problem = unsafe parser.pointee.problem.map { unsafe String(cString: $0) } ?? "it cannot be read"
        let mark = unsafe parser.pointee.problem_mark.line
        // Its own words name a function of its interface.
        let reason = problem.contains("nesting level") ? "lists and mappings are nested too deep" : problem
        return Failure(reason: reason, line: mark + 1)
    }

    private static func text(_ pointer: UnsafeMutablePointer<UInt8>?) -> String? {
        unsafe pointer.map { unsafe String(cString: $0) }
    }
}
