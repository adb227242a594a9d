import CLlama
import Core
import Grammar

extension Model {
    /// The vocabulary as a grammar walks it: control tokens stand for no text.
    func makeVocabulary() -> Vocabulary {
        let tokens = (0..<Token(vocabularySize)).map { token in
            unsafe llama_vocab_is_control(vocabulary, token) ? [] : bytes(of: token)
        }
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
        let begin = unsafe [llama_vocab_get_add_bos(vocabulary) ? llama_vocab_bos(vocabulary) : -1].filter { $0 >= 0 }
        let end = unsafe [
            llama_vocab_get_add_sep(vocabulary) ? llama_vocab_sep(vocabulary) : -1,
            llama_vocab_get_add_eos(vocabulary) ? llama_vocab_eos(vocabulary) : -1,
        ].filter { $0 >= 0 }.prefix(1)
        let body = tokens(of: text, special: false).prefix(max(0, limit - begin.count - end.count))
        return begin + body + end
    }
}
