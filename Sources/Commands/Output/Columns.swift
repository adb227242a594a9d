/// How many columns of a terminal characters take: a line that is one too wide breaks, and then cannot be wiped.
enum Columns {
    /// 2 for what is drawn double-width (Unicode's East_Asian_Width W and F, coarsely), 0 for what adds to the
    /// character before, else 1.
    static func width(of character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        switch scalar.value {
        case ..<0x300: return 1
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1FAFF, 0x20000...0x3FFFD:
            return 2
        default: break
        }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default:
            // An emoji presentation selector makes two columns of one.
            return character.unicodeScalars.contains { $0.value == 0xFE0F } ? 2 : 1
        }
    }

    static func width(of text: some StringProtocol) -> Int {
        text.reduce(0) { $0 + width(of: $1) }
    }

    /// The text, or as much of it as fits with `…` after it.
    static func cut(_ text: String, to limit: Int) -> String {
        guard width(of: text) > limit else { return text }
        var kept = ""
        var columns = 1
        for character in text {
            columns += width(of: character)
            guard columns <= limit else { break }
            kept.append(character)
        }
        return kept + "…"
    }
}
