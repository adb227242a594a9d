import CLlama
import Core
import Grammar

extension Model {
    /// The vocabulary as a grammar walks it: control tokens stand for no text.
    func makeVocabulary() -> Vocabulary {
        let tokens = (0..<Token(vocabularySize)).map(bytes(of:))
        return Vocabulary(tokens: tokens, endTokens: endTokens)
    }

    /// The tokens that end a text.
    var endTokens: [Token] { (0..<Token(vocabularySize)).filter(isEndOfGeneration) }

    /// A prompt that lets the model write what stands between two texts.
    ///
    /// - Throws: `infillUnsupported` where the vocabulary has no tokens for it.
    func infillPrompt(prefix: String, suffix: String) throws(InferenceError) -> Prompt {
        let marks = unsafe [
            llama_vocab_fim_pre(vocabulary), llama_vocab_fim_suf(vocabulary), llama_vocab_fim_mid(vocabulary),
        ]
        let texts = marks.compactMap { mark in mark < 0 ? nil : controlText(of: mark) }
        guard texts.count == marks.count else {
            throw InferenceError(
                .infillUnsupported,
                "\(path) has no tokens to fill in the middle with; use a model that was trained for it (a code model)")
        }
        return Prompt([
            .template(texts[0]), .text(prefix), .template(texts[1]), .text(suffix), .template(texts[2]),
        ])
    }

    /// A control token as it is written out.
    private func controlText(of token: Token) -> String? {
        unsafe llama_vocab_get_text(vocabulary, token).map { unsafe String(cString: $0) }
    }

    /// A text as an embedding model reads it: between the tokens that begin and end one, where the vocabulary asks for
    /// them; of a long text, its beginning.
    func wholeText(_ text: String, limit: Int) -> [Token] {
        let (begin, end) = (beginning, textEnd.prefix(1))
        return begin + tokens(of: text, special: false).prefix(max(0, limit - begin.count - end.count)) + end
    }

    /// A query and a text as a re-ranker reads them together: in its own template, or one after the other, as
    /// llama.cpp's server does (tools/server/server-common.cpp, `format_prompt_rerank`).
    func pair(query: String, text: String, limit: Int) -> [Token] {
        if let template = unsafe llama_model_chat_template(handle, "rerank").map({ unsafe String(cString: $0) }) {
            let parts = template.replacing("{query}", with: query).split(separator: "{document}", maxSplits: 1)
            let around = parts.map { tokens(of: String($0), special: true) }
            let body = tokens(of: text, special: false)
            let room = max(0, limit - around.reduce(0) { $0 + $1.count })
            return Array(((around.first ?? []) + body.prefix(room) + around.dropFirst().joined()).prefix(limit))
        }
        let begin = beginning
        let end = textEnd
        // A query takes half of the room at most.
        let asked = tokens(of: query, special: false).prefix(limit / 2)
        let room = limit - begin.count - asked.count - end.count - min(1, end.count)
        return begin + asked + end + tokens(of: text, special: false).prefix(max(0, room)) + end.suffix(1)
    }

    private var beginning: [Token] {
        unsafe [llama_vocab_get_add_bos(vocabulary) ? llama_vocab_bos(vocabulary) : -1].filter { $0 >= 0 }
    }

    /// What stands between two texts, or one of which stands after one.
    private var textEnd: [Token] {
        unsafe [
            llama_vocab_get_add_sep(vocabulary) ? llama_vocab_sep(vocabulary) : -1,
            llama_vocab_get_add_eos(vocabulary) ? llama_vocab_eos(vocabulary) : -1,
        ].filter { $0 >= 0 }
    }
}
