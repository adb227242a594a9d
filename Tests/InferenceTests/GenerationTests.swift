import Core
import Foundation
import Grammar
import Inference
import Testing

/// The default chat model, loaded once for all tests.
enum TestModel {
    static let path: String = {
        let environment = ProcessInfo.processInfo.environment
        let cache =
            environment["SQUIRE_CACHE"] ?? (environment["XDG_CACHE_HOME"] ?? "\(NSHomeDirectory())/.cache") + "/squire"
        return DefaultModels.chat(sharedCache: cache)
    }()

    static let engine = InferenceEngine(modelPath: path, settings: settings(context: 1024))

    /// One thread each: tests run beside each other, and threads that wait for a core hold up those that wait for them.
    /// And no guesses, whose number depends on how long they take: batches of another shape round differently.
    static func settings(context: Int) -> ContextSettings {
        var settings = ContextSettings()
        settings.context = context
        settings.threads = 1
        settings.speculation = false
        return settings
    }
}

extension InferenceEngine {
    /// The whole text of a generation, and how it ended.
    func text(
        _ prompt: String, _ sampling: Sampling = Sampling(maxTokens: 16), constraint: Constraint? = nil,
        conversation: String? = nil
    ) async throws -> (text: String, reason: FinishReason?, usage: Usage) {
        var text = ""
        let request = GenerationRequest(
            prompt: Prompt([.text(prompt)]), sampling: sampling, constraint: constraint, conversation: conversation)
        for try await event in generate(request) {
            switch event {
            case .text(let piece): text += piece
            case .finished(let reason, let usage): return (text, reason, usage)
            case .queued, .dropped, .logProbabilities: break
            }
        }
        return (text, nil, Usage())
    }
}

// Serialized: the tests of reuse look at what the one before left in the cache.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct GenerationTests {
    let engine = TestModel.engine

    @Test func `the article's command works as a configuration: a batch of 16, and its way of sampling`() async throws {
        var settings = TestModel.settings(context: 2048)
        settings.batch = 16
        let engine = InferenceEngine(modelPath: TestModel.path, settings: settings)
        var sampling = Sampling(temperature: 0.4, topK: 30, topP: 0.18, repeatPenalty: 1, maxTokens: 8)
        sampling.keep = 512
        let prompt = (0..<20).map { "Rule \($0): be kind. " }.joined() + "Monday, Tuesday, Wednesday, Thursday,"
        #expect(try await engine.text(prompt, sampling).text.contains("Friday"))
        await engine.stop()
    }

    @Test func `the model continues a text with what follows it`() async throws {
        let answer = try await engine.text("Monday, Tuesday, Wednesday, Thursday, Friday,", Sampling(maxTokens: 4))
        #expect(answer.text.contains("Saturday"))
        #expect(answer.reason == .length)
        #expect(answer.usage.completionTokens == 4)
    }

    @Test func `the same seed gives the same text, another seed another`() async throws {
        let sampling = Sampling(temperature: 1.5, topK: 0, seed: 7, maxTokens: 24)
        var other = sampling
        other.seed = 8
        // Without neighbours, whose company changes the last bits; the first reads what the others find in the cache.
        let engine = InferenceEngine(modelPath: TestModel.path, settings: TestModel.settings(context: 256))
        _ = try await engine.text("Once upon a time", sampling)
        let first = try await engine.text("Once upon a time", sampling).text
        #expect(try await engine.text("Once upon a time", sampling).text == first)
        #expect(try await engine.text("Once upon a time", other).text != first)
        await engine.stop()
    }

    @Test func `a stop sequence ends the text and is not part of it`() async throws {
        let answer = try await engine.text(
            "Monday, Tuesday, Wednesday, Thursday, Friday,", Sampling(maxTokens: 32, stop: ["turd"]))
        #expect(answer.text.hasSuffix("Sa"))
        #expect(answer.reason == .stop)
    }

    @Test func `topK of 1 takes the likeliest token at any temperature`() async throws {
        let greedy = try await engine.text("The capital of France is", Sampling(temperature: 0, maxTokens: 8)).text
        let topK = try await engine.text(
            "The capital of France is", Sampling(temperature: 5, topK: 1, seed: 1, maxTokens: 8))
        #expect(topK.text == greedy)
    }

    @Test func `a repeat penalty keeps a text from repeating itself`() async throws {
        let prompt = "cat, cat, cat, cat, cat, cat, cat,"
        #expect(try await engine.text(prompt, Sampling(maxTokens: 3)).text.contains("cat"))
        #expect(try await !engine.text(prompt, Sampling(repeatPenalty: 2, maxTokens: 3)).text.contains("cat"))
    }

    @Test func `a grammar holds for every token, at a high temperature too`() async throws {
        let grammar = #"root ::= "{\"city\": \"" [A-Z] [a-z]+ "\"}""#
        for seed in 0..<5 {
            let sampling = Sampling(temperature: 2, seed: UInt32(seed), maxTokens: 200)
            let answer = try await engine.text("The weather in", sampling, constraint: .grammar(grammar))
            if answer.reason == .stop {
                #expect(answer.text.wholeMatch(of: /\{"city": "[A-Z][a-z]+"\}/) != nil)
            }
        }
    }

    @Test func `an invalid grammar is an error that says so`() async throws {
        let error = await #expect(throws: GrammarError.self) {
            try await engine.text("x", constraint: .grammar("root ::= unknown-rule ("))
        }
        #expect(error?.code == .grammarInvalid)
    }

    @Test func `a prompt of which the beginning was read before is not read again`() async throws {
        let prompt = String(repeating: "All work and no play makes Jack a dull boy. ", count: 8)
        let first = try await engine.text(prompt + "One", Sampling(maxTokens: 1)).usage
        let second = try await engine.text(prompt + "Two", Sampling(maxTokens: 1)).usage
        #expect(second.promptTokens == first.promptTokens)
        #expect(second.cachedTokens >= second.promptTokens - 2)
    }

    @Test func `what is reused changes nothing of the text`() async throws {
        // Without neighbours, and with one way to go on: a batch of another shape rounds differently, and where two
        // tokens are near they change places.
        let engine = InferenceEngine(modelPath: TestModel.path, settings: TestModel.settings(context: 256))
        let prompt =
            "January, February, March, April, May, June, July, August, September, October, November, December, January,"
        let first = try await engine.text(prompt)
        let second = try await engine.text(prompt)
        #expect(second.usage.cachedTokens == second.usage.promptTokens - 1)
        #expect(second.text == first.text)
        await engine.stop()
    }

    @Test(arguments: [2000, 2_000_000])
    func `a prompt longer than the context is refused, and how much longer it is is said`(words: Int) async throws {
        let prompt = String(repeating: "word ", count: words)
        let error = await #expect(throws: InferenceError.self) { try await engine.text(prompt) }
        #expect(error?.code == .promptTooLong)
        #expect(error?.message.contains("times too long") == true)
        // What no context could hold is not taken apart to be counted.
        #expect(try await engine.tokenCount(of: Prompt([.text(prompt)])) > 1024)
    }

    @Test func `a sampling value out of its range is refused by name`() async throws {
        let error = await #expect(throws: InferenceError.self) {
            try await engine.text("x", Sampling(temperature: -1))
        }
        #expect(error?.message.contains("temperature") == true)
    }

    @Test func `cancelling stops generation between two tokens, and the next request runs`() async throws {
        let task = Task {
            var count = 0
            let request = GenerationRequest(
                prompt: Prompt([.text("Count: 1 2 3 4")]), sampling: Sampling(maxTokens: 900))
            for try await case .text in engine.generate(request) {
                count += 1
                if count == 3 { break }
            }
            return count
        }
        #expect(try await task.value == 3)
        #expect(try await engine.text("One, two, three,", Sampling(maxTokens: 4)).text.contains("four"))
    }

    @Test func `requests over the bound are refused, the others are served in order`() async throws {
        var settings = TestModel.settings(context: 256)
        settings.parallel = 1
        let engine = InferenceEngine(modelPath: TestModel.path, settings: settings, queueLimit: 2)
        let results = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    do {
                        _ = try await engine.text("Hello", Sampling(maxTokens: 8))
                        return true
                    } catch let error as InferenceError {
                        #expect(error.code == .queueFull)
                        return false
                    } catch {
                        return true
                    }
                }
            }
            return await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(results.contains(true) && results.contains(false))
        await engine.stop()
    }

    @Test func `the likelier continuation scores higher`() async throws {
        let (scores, _) = try await engine.logProbabilities(
            of: [" Thursday", " banana republic"], after: Prompt([.text("Monday, Tuesday, Wednesday,")]))
        #expect(scores[0].logProbability > scores[1].logProbability)
        #expect(scores[1].tokenCount >= 2)
    }

    @Test func `control tokens written by a user stay text`() async throws {
        let asText = try await engine.tokenize("<|im_end|>", special: false)
        let asControl = try await engine.tokenize("<|im_end|>", special: true)
        #expect(asControl.count == 1)
        #expect(asText.count > 1)
        let prompt = try await engine.render([ChatMessage(.user, "hi<|im_end|>")])
        #expect(prompt.segments.contains(.text("hi<|im_end|>")))
        #expect(prompt.segments.last == .template("<|im_end|>\n<|im_start|>assistant\n"))
    }
}
