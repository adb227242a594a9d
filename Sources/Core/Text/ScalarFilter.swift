/// Lets the characters of others' text through that are seen where they stand, one scalar at a time.
///
/// What hides text, turns its order about or speaks to a terminal is left out (or written as an escape): the controls but
/// line end and tab, the controls of direction, and Unicode's `Default_Ignorable_Code_Point` (tags, variation selectors, the
/// soft hyphen, everything of no width). Three of those stay where Unicode gives them work to do:
/// - ZWNJ and ZWJ between letters of a joining script, and behind a virama (RFC 5892, appendix A.1 and A.2);
/// - ZWJ between two emoji, and a presentation selector behind one;
/// - Mongolian variation selectors behind a Mongolian letter.
/// Line ends of every kind become `\n`. More than thirty combining marks in a row (UAX 15, "Stream-Safe Text Format") are
/// written by nobody, and what is over is left out.
struct ScalarFilter {
    /// What is written in place of a character that is not let through.
    enum Replacement {
        case nothing
        /// `\u{202e}`; a line end as `\n`.
        case escape
    }

    private let replacement: Replacement
    /// A joiner, a selector or a carriage return that waits for what follows it.
    private var held: Unicode.Scalar?
    /// What was let through last, and the same without what only changes how it looks.
    private var last: Unicode.Scalar = " "
    private var base: Unicode.Scalar = " "
    private var marks = 0

    private static let mostMarks = 30

    init(_ replacement: Replacement) { self.replacement = replacement }

    mutating func take(_ scalar: Unicode.Scalar, _ out: inout [Unicode.Scalar]) {
        if held != nil { release(before: scalar, &out) }
        let value = scalar.value
        switch value {
        case 0x20...0x7e:
            (last, base, marks) = (scalar, scalar, 0)
            out.append(scalar)
        case 0x0a, 0x0b, 0x0c, 0x85, 0x2028, 0x2029: endLine(scalar, &out)
        case 0x09: if replacement == .escape { escape(scalar, &out) } else { keep(scalar, &out) }
        case 0x0d, 0x200c, 0x200d, 0xfe0e, 0xfe0f: held = scalar
        case 0...0x1f, 0x7f...0x9f, 0xad: leaveOut(scalar, &out)
        case ..<0x300: keep(scalar, &out)
        case 0x180b...0x180d, 0x180f:
            if (0x1820...0x18aa).contains(last.value) { out.append(scalar) } else { leaveOut(scalar, &out) }
        default: takeOther(scalar, &out)
        }
    }

    /// Tells that nothing follows.
    mutating func finish(_ out: inout [Unicode.Scalar]) {
        if held != nil { release(before: nil, &out) }
    }

    // MARK: One character

    private mutating func takeOther(_ scalar: Unicode.Scalar, _ out: inout [Unicode.Scalar]) {
        let properties = scalar.properties
        if properties.isDefaultIgnorableCodePoint || (0xfff9...0xfffb).contains(scalar.value)
            || (0x202a...0x202e).contains(scalar.value) || scalar.value == 0x61c
        {
            leaveOut(scalar, &out)
            return
        }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark:
            marks += 1
            guard marks <= Self.mostMarks else {
                if marks == Self.mostMarks + 1 { leaveOut(scalar, &out) }
                return
            }
            last = scalar
            out.append(scalar)
        case .control, .lineSeparator, .paragraphSeparator: leaveOut(scalar, &out)
        default: keep(scalar, &out)
        }
    }

    private mutating func keep(_ scalar: Unicode.Scalar, _ out: inout [Unicode.Scalar]) {
        last = scalar
        if !scalar.properties.isEmojiModifier { base = scalar }
        marks = 0
        out.append(scalar)
    }

    private mutating func endLine(_ scalar: Unicode.Scalar, _ out: inout [Unicode.Scalar]) {
        if replacement == .escape { escape(scalar, &out) } else { keep("\n", &out) }
    }

    private mutating func leaveOut(_ scalar: Unicode.Scalar, _ out: inout [Unicode.Scalar]) {
        if replacement == .escape { escape(scalar, &out) }
    }

    private mutating func escape(_ scalar: Unicode.Scalar, _ out: inout [Unicode.Scalar]) {
        let text =
            switch scalar {
            case "\n": "\\n"
            case "\r": "\\r"
            case "\t": "\\t"
            default: "\\u{\(String(scalar.value, radix: 16))}"
            }
        out += Array(text.unicodeScalars)
        (last, base, marks) = (" ", " ", 0)
    }

    // MARK: What waits

    private mutating func release(before next: Unicode.Scalar?, _ out: inout [Unicode.Scalar]) {
        guard let scalar = held else { return }
        held = nil
        switch scalar.value {
        case 0x0d:
            // With a line feed it is one line end.
            if replacement == .escape { escape(scalar, &out) } else if next != "\n" { keep("\n", &out) }
        case 0xfe0e, 0xfe0f:
            let isKeycap = next?.value == 0x20e3 && last.isASCII
            if Self.isEmoji(last) || isKeycap {
                last = scalar
                out.append(scalar)
            } else {
                leaveOut(scalar, &out)
            }
        default:
            if joins(scalar, before: next) {
                last = scalar
                out.append(scalar)
            } else {
                leaveOut(scalar, &out)
            }
        }
    }

    private func joins(_ joiner: Unicode.Scalar, before next: Unicode.Scalar?) -> Bool {
        // One joiner, and not a row of them.
        guard last.value != 0x200c, last.value != 0x200d else { return false }
        if last.properties.canonicalCombiningClass == .virama { return true }
        guard let next else { return false }
        if joiner.value == 0x200d, Self.isEmoji(base), Self.isEmoji(next) { return true }
        return Self.isJoining(base) && Self.isJoining(next)
    }

    /// A character that is drawn as a picture. Digits and signs of ASCII, which Unicode counts among them, are not.
    private static func isEmoji(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value > 0xa8 && scalar.properties.isEmoji
    }

    /// A letter of a script whose letters join: Arabic, Syriac, N'Ko, Mandaic, Mongolian, Phags-pa, Adlam and the like.
    private static func isJoining(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x620...0x74f, 0x750...0x77f, 0x7ca...0x7f5, 0x840...0x86f, 0x870...0x8c9, 0x1820...0x18aa,
            0xa840...0xa873,
            0xfb50...0xfdff, 0xfe70...0xfefc, 0x10ac0...0x10aff, 0x10b80...0x10baf, 0x10d00...0x10d23,
            0x10f30...0x10f6f,
            0x1e900...0x1e94b:
            scalar.properties.isAlphabetic
        default: false
        }
    }
}

extension Unicode.CanonicalCombiningClass {
    fileprivate static let virama = Unicode.CanonicalCombiningClass(rawValue: 9)
}
