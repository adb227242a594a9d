/// A text to continue. What users, plugins and documents wrote stays apart from what the template
/// wrote, because only the template's text may become control tokens.
package struct Prompt: Sendable, Hashable {
    package enum Segment: Sendable, Hashable {
        /// The template's: `<|im_start|>` in it is the control token.
        case template(String)
        /// Anybody's: `<|im_start|>` in it is twelve characters.
        case text(String)

        /// What was written, whoever wrote it.
        package var content: String {
            switch self {
            case .template(let content), .text(let content): content
            }
        }
    }

    package var segments: [Segment]
    /// Where turns begin, as indices of segments, ascending: a user's message and what followed it. A prompt that does
    /// not fit loses whole turns from its middle; one without turns loses nothing.
    package var turnStarts: [Int]
    /// How many of the first segments every request like this one begins with (instructions, tools, persona): their
    /// keys and values are kept before all others.
    package var pinnedSegments: Int

    package init(_ segments: [Segment], turnStarts: [Int] = [], pinnedSegments: Int = 0) {
        self.segments = segments
        self.turnStarts = turnStarts
        self.pinnedSegments = pinnedSegments
    }

    /// All of it as it stands, whoever wrote it.
    package var text: String { segments.map(\.content).joined() }

    package static func + (prompt: Prompt, more: String) -> Prompt {
        var longer = prompt
        longer.segments.append(.text(more))
        return longer
    }
}
