import Core

/// A prompt as tokens.
struct TokenizedPrompt: Sendable, Hashable {
    var tokens: [Token]
    /// Where turns begin, in tokens.
    var turnStarts: [Int]
    /// How many of the first tokens every request like this one begins with.
    var pinned: Int
}

extension Model {
    /// Whether texts of so many bytes are too many for a context, whatever is in them: they need not be taken apart, which
    /// would take seconds and fifty times their size in memory.
    func isTooLong(bytes: Int, for room: Int) -> Bool { bytes / longestToken > room }

    /// The tokens of a prompt; where it is far too long, about how many.
    func tokenCount(of prompt: Prompt, room: Int) -> Int {
        let bytes = prompt.segments.reduce(0) { $0 + $1.content.utf8.count }
        return isTooLong(bytes: bytes, for: room) ? max(room + 1, bytes / 4) : tokens(of: prompt).tokens.count
    }

    /// The tokens of a prompt, with the beginning-of-text token where the vocabulary asks for one.
    func tokens(of prompt: Prompt) -> TokenizedPrompt {
        var result = TokenizedPrompt(tokens: [], turnStarts: [], pinned: 0)
        if let beginning = beginningOfText { result.tokens.append(beginning) }
        for (index, segment) in prompt.segments.enumerated() {
            if prompt.turnStarts.contains(index) { result.turnStarts.append(result.tokens.count) }
            let more =
                switch segment {
                case .template(let text):
                    remembered.tokens(of: text, isTemplate: true) { tokens(of: $0, special: true) }
                case .text(let text):
                    remembered.tokens(of: text, isTemplate: false) { tokens(of: $0, special: false) }
                }
            // A template may write the beginning-of-text token itself.
            let isRepeated = index == 0 && more.first == result.tokens.first && !result.tokens.isEmpty
            result.tokens += isRepeated ? more.dropFirst() : more[...]
            if index + 1 == prompt.pinnedSegments { result.pinned = result.tokens.count }
        }
        return result
    }
}
