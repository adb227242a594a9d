import Core
import Languages
import Understanding

/// Writes what stands for the beginning of a conversation: what the user said of himself, word for word, and what the
/// model makes of the rest, as far as the messages bear it out.
struct SummaryWriter: Sendable {
    let model: any TokenModel
    let counts: TokenCounts
    var language = QuestionLanguage.english

    /// Of a summary, and of what the user said in it.
    private static let (mostTokens, mostQuoted) = (200, 120)
    /// Of one message that the model is shown.
    private static let mostOfMessage = 200

    /// - Parameters:
    ///   - path: from the conversation's beginning.
    ///   - previous: an earlier summary, and how many of the messages it covers.
    func summary(of path: [Message], after previous: String?, covering covered: Int) async throws -> String {
        let quoted = try await fitting(Statements(language: language).all(in: path), within: Self.mostQuoted)
        var kept = previous.map(written) ?? []
        for part in try await parts(of: path[covered...]) {
            let more = try await written(from: part, after: kept, bornOutBy: path)
            if !more.isEmpty { kept = more }
        }
        let room = Self.mostTokens - (try await quoted.isEmpty ? 0 : counts.count(quote(quoted)))
        var text: [String] = []
        for sentence in kept where try await counts.count((text + [sentence]).joined(separator: " ")) <= room {
            text.append(sentence)
        }
        if text.isEmpty {
            let asked = path.filter { $0.role == .user }.compactMap {
                Statements(language: language).sentences(of: $0).first
            }.filter {
                !quoted.contains($0)
            }
            let fit = try await fitting(asked.reversed(), within: room - Self.labelRoom)
            // Found from the newest on, told from the oldest on.
            if !fit.isEmpty { text = [phrases.asked + fit.reversed().joined(separator: " ")] }
        }
        return [quoted.isEmpty ? "" : quote(quoted), text.joined(separator: " ")].filter { !$0.isEmpty }
            .joined(separator: "\n")
    }

    // MARK: Word for word

    private var phrases: Answers.Summary { language.words.answers.summary }
    private static let labelRoom = 8

    private func quote(_ sentences: [String]) -> String { phrases.said + sentences.joined(separator: " ") }

    /// What the model wrote of a summary.
    private func written(in summary: String) -> [String] {
        summary.split(separator: "\n").filter { !$0.hasPrefix(phrases.said) && !$0.hasPrefix(phrases.asked) }
            .flatMap { Sentences.split(String($0), after: ".!?", in: language) }
    }

    private func fitting(_ sentences: [String], within tokens: Int) async throws -> [String] {
        let lines = sentences.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        var (chosen, left) = ([String](), tokens)
        for line in lines where !chosen.contains(line) {
            let cost = try await counts.count(line) + 1
            guard cost <= left else { continue }
            chosen.append(line)
            left -= cost
        }
        return chosen
    }

    // MARK: In the model's words

    private var prompts: Prompts.Summary { language.words.prompts.summary }

    /// Messages as they are shown to the model, as many at once as half of the context holds.
    private func parts(of messages: ArraySlice<Message>) async throws -> [String] {
        let most = try await model.describe().context / 2
        var (parts, lines, tokens) = ([String](), [String](), 0)
        for message in messages {
            let text = try await counts.beginning(of: message.text, within: min(Self.mostOfMessage, most / 2))
            let line = (message.role == .user ? prompts.user : prompts.assistant) + text
            let cost = try await counts.count(line) + 1
            if tokens + cost > most, !lines.isEmpty {
                parts.append(lines.joined(separator: "\n"))
                (lines, tokens) = ([], 0)
            }
            lines.append(line)
            tokens += cost
        }
        return lines.isEmpty ? parts : parts + [lines.joined(separator: "\n")]
    }

    /// What the model notes of a part. Sentences whose figures and names the messages do not have are left out, as is
    /// what it says twice.
    private func written(
        from part: String, after notes: [String], bornOutBy messages: [Message]
    ) async throws -> [String] {
        let before = notes.isEmpty ? "" : prompts.notes(["notes": notes.joined(separator: " ")])
        let prompt = try await model.render([
            ChatMessage(.system, prompts.task),
            ChatMessage(.user, prompts.question(["notes": before, "conversation": part])),
        ])
        let (text, _) = try await model.textWhenIdle(
            GenerationRequest(
                prompt: prompt,
                sampling: Sampling(temperature: 0, repeatPenalty: 1.1, maxTokens: Self.mostTokens - Self.mostQuoted)))
        let check = FactCheck(texts: messages.map(\.text), given: notes)
        var kept: [String] = []
        for sentence in Sentences.split(text.replacing("\n", with: " "), after: ".!?", in: language) {
            // One without an end was cut.
            guard sentence.last.map({ ".!?".contains($0) }) == true, check.unsupported(in: sentence).isEmpty,
                !kept.contains(sentence)
            else { continue }
            kept.append(sentence)
        }
        return kept
    }
}

/// What users say of themselves and their things, rather than ask: what a conversation goes on from.
struct Statements {
    let language: QuestionLanguage

    /// Of a message's beginning, in characters, that is looked at.
    private static let looked = 2000

    /// The newest first.
    func all(in messages: [Message]) -> [String] {
        messages.reversed().filter { $0.role == .user }.flatMap { sentences(of: $0).filter(isOne) }
    }

    /// What a message says, as far as it is looked at.
    func sentences(of message: Message) -> [String] {
        Sentences.split(String(message.text.prefix(Self.looked)), after: ".!?\n", in: language)
    }

    func isOne(_ sentence: String) -> Bool {
        !sentence.hasSuffix("?") && sentence.count <= 200
            && language.sentences.ofOneself.isFound(in: sentence)
    }
}
