/// One line of a `.gitignore` (gitignore(5); git's `dir.c`).
struct IgnorePattern: Sendable {
    /// Whether what matches is taken back in.
    let isNegated: Bool
    /// Whether only folders match.
    private let wantsFolder: Bool
    /// Whether the name alone is looked at, at any depth, because the pattern has no slash but at its end.
    private let isName: Bool
    private let bytes: [UInt8]
    /// How many bytes at its start stand for themselves.
    private let literalCount: Int

    /// Nil where the line says nothing: it is empty or a comment.
    ///
    /// - Parameter line: without its end.
    init?(line: ArraySlice<UInt8>) {
        var line = line
        if line.last == UInt8.carriageReturn { line.removeLast() }
        // As in C, where the rest would not be seen.
        line = line.prefix { $0 != 0 }
        guard let first = line.first, first != UInt8.hash else { return nil }
        line = Self.withoutSpacesAtEnd(line)
        isNegated = line.first == UInt8.exclamation
        if isNegated { line.removeFirst() }
        wantsFolder = line.last == UInt8.slash
        if wantsFolder { line.removeLast() }
        isName = !line.contains(UInt8.slash)
        if line.first == UInt8.slash { line.removeFirst() }
        bytes = Array(line)
        literalCount = bytes.firstIndex(where: \.isGlobSpecial) ?? bytes.count
    }

    /// - Parameters:
    ///   - path: below the folder of the pattern's file, `a/b`.
    ///   - name: its last component.
    func matches(path: ArraySlice<UInt8>, name: ArraySlice<UInt8>, isFolder: Bool) -> Bool {
        if wantsFolder, !isFolder { return false }
        let text = isName ? name : path
        guard literalCount < bytes.count else { return text.elementsEqual(bytes) }
        if isName {
            return WildMatch.matches(bytes[...], text, isPath: false)
        }
        // Git compares the literal start first, so that a `**` after it counts as at the beginning (`/foo**`).
        guard text.starts(with: bytes[..<literalCount]) else { return false }
        return WildMatch.matches(bytes[literalCount...], text.dropFirst(literalCount), isPath: true)
    }

    /// Spaces at the end count only where one is escaped.
    private static func withoutSpacesAtEnd(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var end = line.startIndex
        var index = line.startIndex
        while index < line.endIndex {
            if line[index] == UInt8.backslash {
                // A backslash at the very end escapes nothing, and git then leaves the line as it is.
                guard index + 1 < line.endIndex else { return line }
                index += 1
                end = index + 1
            } else if line[index] != UInt8.space {
                end = index + 1
            }
            index += 1
        }
        return line[..<end]
    }
}

/// The patterns of one file.
struct IgnoreFile: Sendable {
    private let patterns: [IgnorePattern]

    /// Nil where it holds no pattern.
    init?(_ bytes: [UInt8]) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
        patterns = text.split(separator: UInt8.newline).compactMap(IgnorePattern.init(line:))
        guard !patterns.isEmpty else { return nil }
    }

    /// Whether the path is to be left out; nil where no pattern speaks of it. The last that does decides.
    func verdict(path: ArraySlice<UInt8>, name: ArraySlice<UInt8>, isFolder: Bool) -> Bool? {
        patterns.last { $0.matches(path: path, name: name, isFolder: isFolder) }.map { !$0.isNegated }
    }
}
