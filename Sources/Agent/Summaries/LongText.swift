import Core
import Languages
import Understanding

/// A text that is to be summarised, with what was said beside it: "Summarise this" and the pages of a book.
struct LongText: Sendable, Hashable {
    /// What is to be made of the text.
    var instruction: String
    var text: String

    init(instruction: String, text: String) {
        self.instruction = instruction
        self.text = text
    }

    /// Characters of an instruction at most; what is longer is text itself.
    private static let longestInstruction = 300

    /// Nil where a message asks for no summary of a text beside it.
    init?(_ message: String, in language: QuestionLanguage) {
        guard message.utf8.count > Self.longestInstruction else { return nil }
        // The instruction stands before the text or behind it, in a paragraph or a line of its own.
        for separator in ["\n\n", "\n"] {
            if let place = message.firstRange(of: separator) {
                let opening = message[..<place.lowerBound]
                if Self.isInstruction(opening, language) {
                    (instruction, text) = (String(opening), String(message[place.upperBound...]))
                    return
                }
            }
            let trimmed = message.suffix(2 * Self.longestInstruction)
            if let place = trimmed.ranges(of: separator).last {
                let ending = message[place.upperBound...]
                if Self.isInstruction(ending, language) {
                    (instruction, text) = (String(ending), String(message[..<place.lowerBound]))
                    return
                }
            }
        }
        return nil
    }

    private static func isInstruction(_ text: Substring, _ language: QuestionLanguage) -> Bool {
        guard text.utf8.count <= longestInstruction else { return false }
        let lower = text.lowercased()
        return language.words.conversation.summaries.contains { phrase in
            guard let place = lower.firstRange(of: phrase) else { return false }
            // "Resume" is no word of "resumed".
            let before = place.lowerBound == lower.startIndex ? nil : lower[lower.index(before: place.lowerBound)]
            let behind = place.upperBound == lower.endIndex ? nil : lower[place.upperBound]
            return ![before, behind].contains { $0?.isLetter == true }
        }
    }

    /// Paragraphs of the text, of long ones the sentences, put together to parts of about so many bytes.
    func parts(bytes: Int, in language: QuestionLanguage) -> [String] {
        var (parts, open) = ([String](), "")
        func close() {
            if open.contains(where: { !$0.isWhitespace }) { parts.append(open) }
            open = ""
        }
        func add(_ piece: String, _ separator: String) {
            if !open.isEmpty, open.utf8.count + piece.utf8.count > bytes { close() }
            open += open.isEmpty ? piece : separator + piece
        }
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            // A paragraph ends.
            if line.allSatisfy(\.isWhitespace) {
                if !open.isEmpty { open += "\n" }
                continue
            }
            if line.utf8.count <= bytes {
                add(String(line), "\n")
                continue
            }
            for sentence in Sentences.split(String(line), after: ".!?", in: language) {
                var rest = Substring(sentence)
                // What has no end is cut where it must.
                while rest.utf8.count > bytes {
                    let beginning = ResultRecords.beginning(of: String(rest), bytes)
                    guard !beginning.isEmpty else { break }
                    add(beginning, " ")
                    rest = rest.dropFirst(beginning.count)
                }
                add(String(rest), " ")
            }
        }
        close()
        return parts
    }
}
