import CLlama
import Core
import Foundation
import Grammar

/// Measures, for each line of standard input (`{"schema": …, "gbnf": …, "text": …}`), what it takes to say which tokens
/// may come next at each place of the text: by Squire's grammar, new for each schema, and by libllama's sampler.
///
/// Writes a line for each: `{"tokens": …, "compile": …, "masks": …, "libllama": …}`, in seconds, `libllama` null where its
/// sampler does not take the text; or nothing where Squire's does not.
@main
enum MaskBenchmark {
    private struct Question: Decodable {
        var schema: JSONValue
        var gbnf: String
        var text: String
    }

    private struct Answer: Encodable {
        var tokens: Int
        var compile: Double
        var masks: Double
        var libllama: Double?
    }

    static func main() throws {
        let path = CommandLine.arguments[1]
        var parameters = unsafe llama_model_default_params()
        unsafe parameters.vocab_only = true
        unsafe llama_log_set({ _, _, _ in }, nil)
        guard let model = unsafe llama_model_load_from_file(path, parameters) else {
            throw CocoaError(.fileReadUnknown)
        }
        defer { unsafe llama_model_free(model) }
        let vocab = unsafe llama_model_get_vocab(model)
        let vocabulary = unsafe vocabulary(vocab)
        while let line = readLine() {
            let question = try JSONValue(parsing: line).decode(Question.self)
            let tokens = unsafe tokens(of: question.text, vocab)
            guard let own = own(question, tokens, vocabulary) else { continue }
            let answer = Answer(
                tokens: tokens.count, compile: own.compile, masks: own.masks,
                libllama: unsafe libllama(question, tokens, vocab))
            print(try JSONValue(encoding: answer).text)
        }
    }

    private static func seconds(_ start: ContinuousClock.Instant) -> Double { (.now - start) / .seconds(1) }

    private static func own(
        _ question: Question, _ tokens: [llama_token], _ vocabulary: Vocabulary
    ) -> (compile: Double, masks: Double)? {
        let start = ContinuousClock.now
        // Some documents contradict themselves: an array that must be one of some words.
        guard let grammar = try? CompiledGrammar(.schema(question.schema)) else { return nil }
        let automaton = TokenAutomaton(grammar, vocabulary: vocabulary)
        let compile = seconds(start)
        var matcher = Matcher(automaton)
        var masks = 0.0
        for token in tokens {
            let start = ContinuousClock.now
            let mask = matcher.mask()
            masks += seconds(start)
            guard mask.contains(token), matcher.accept(token) else { return nil }
        }
        return (compile, masks)
    }

    private static func libllama(_ question: Question, _ tokens: [llama_token], _ vocab: OpaquePointer?) -> Double? {
        guard let sampler = unsafe llama_sampler_init_grammar(vocab, question.gbnf, "root") else { return nil }
        defer { unsafe llama_sampler_free(sampler) }
        let count = Int(unsafe llama_vocab_n_tokens(vocab))
        var total = 0.0
        var data = [llama_token_data](repeating: llama_token_data(), count: count)
        for token in tokens {
            for id in 0..<count { data[id] = llama_token_data(id: llama_token(id), logit: 0, p: 0) }
            let isAllowed = unsafe data.withUnsafeMutableBufferPointer { buffer in
                var candidates = unsafe llama_token_data_array(
                    data: buffer.baseAddress, size: count, selected: -1, sorted: false)
                let start = ContinuousClock.now
                unsafe llama_sampler_apply(sampler, &candidates)
                total += seconds(start)
                return unsafe buffer[Int(token)].logit.isFinite
            }
            // Accepting what is not allowed would end the process.
            guard isAllowed else { return nil }
            unsafe llama_sampler_accept(sampler, token)
        }
        return total
    }

    private static func vocabulary(_ vocab: OpaquePointer?) -> Vocabulary {
        let all = 0..<(unsafe llama_vocab_n_tokens(vocab))
        let pieces = all.map { token -> [UInt8] in
            guard unsafe !llama_vocab_is_control(vocab, token) else { return [] }
            var buffer = [CChar](repeating: 0, count: 256)
            let count = unsafe llama_token_to_piece(vocab, token, &buffer, Int32(buffer.count), 0, false)
            return buffer.prefix(Int(max(0, count))).map { UInt8(bitPattern: $0) }
        }
        return Vocabulary(tokens: pieces, endTokens: all.filter { unsafe llama_vocab_is_eog(vocab, $0) })
    }

    private static func tokens(of text: String, _ vocab: OpaquePointer?) -> [llama_token] {
        var tokens = [llama_token](repeating: 0, count: text.utf8.count + 8)
        let count = unsafe llama_tokenize(
            vocab, text, Int32(text.utf8.count), &tokens, Int32(tokens.count), false, false)
        return Array(tokens.prefix(Int(max(0, count))))
    }
}
