import Core
import Foundation
import Synchronization
import Testing

@testable import Inference

/// What the engine promises of many requests at once, with the real model.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct EngineTests {
    let engine = TestModel.engine

    /// A text and the gap, in nats, between the two likeliest tokens at each of its places.
    private func traced(
        _ prompt: String, _ engine: InferenceEngine, tokens: Int = 24
    ) async throws -> (tokens: [Int], gaps: [Double]) {
        var trace: (tokens: [Int], gaps: [Double]) = ([], [])
        let request = GenerationRequest(
            prompt: Prompt([.text(prompt)]), sampling: Sampling(maxTokens: tokens, logProbabilities: 2))
        for try await case .logProbabilities(let token) in engine.generate(request) {
            trace.tokens.append(token.chosen.token)
            let likeliest = token.likeliest.map(\.logProbability)
            trace.gaps.append(likeliest.count == 2 ? likeliest[0] - likeliest[1] : .infinity)
        }
        return trace
    }

    /// Batches of another shape round differently; a token may change only where two were about as likely.
    private static let roundingGap = 0.35

    private func expectSame(
        _ first: (tokens: [Int], gaps: [Double]), _ second: (tokens: [Int], gaps: [Double]), _ what: String
    ) {
        guard let index = zip(first.tokens, second.tokens).enumerated().first(where: { $1.0 != $1.1 })?.offset else {
            #expect(abs(first.tokens.count - second.tokens.count) <= 1, "\(what)")
            return
        }
        #expect(first.gaps[index] < Self.roundingGap, "\(what): differs at \(index) by \(first.gaps[index])")
    }

    @Test func `neighbours, reuse and guesses change no token, but where two are about as likely`() async throws {
        let prompts = [
            "The capital of France is", "Once upon a time there was", "Water boils at",
            "one two three one two three one two three one two",
        ]
        let alone = InferenceEngine(modelPath: TestModel.path, settings: TestModel.settings(context: 1024))
        var expected: [(tokens: [Int], gaps: [Double])] = []
        for prompt in prompts { expected.append(try await traced(prompt, alone)) }
        await alone.stop()

        var settings = TestModel.settings(context: 1024)
        settings.speculation = true
        let engine = InferenceEngine(modelPath: TestModel.path, settings: settings)
        for (prompt, trace) in zip(prompts, expected) {
            expectSame(trace, try await traced(prompt, engine), "with guesses: \(prompt)")
            expectSame(trace, try await traced(prompt, engine), "read from the cache: \(prompt)")
        }
        let together = try await withThrowingTaskGroup(of: (Int, ([Int], [Double])).self) { group in
            for (index, prompt) in prompts.enumerated() {
                group.addTask { (index, try await traced(prompt, engine)) }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        for (index, trace) in expected.enumerated() {
            expectSame(trace, try #require(together[index]), "with neighbours: \(prompts[index])")
        }
        await engine.stop()
    }

    @Test func `a long prompt of one does not stop the answer of another`() async throws {
        let engine = engine
        let long = (0..<300).map { "Item \($0) of the list. " }.joined().prefix(2400)
        // Events of the answer before, while and after the prompt is read.
        let order = Order()
        async let answer: Void = {
            let request = GenerationRequest(
                prompt: Prompt([.text("Count to one hundred: 1, 2, 3,")]),
                sampling: Sampling(maxTokens: 120, ignoreEnd: true))
            for try await case .text in engine.generate(request) { order.add("answer") }
        }()
        while order.count("answer") < 3 { try await Task.sleep(for: .milliseconds(5)) }
        let before = order.count("answer")
        _ = try await engine.text(String(long), Sampling(maxTokens: 1))
        let during = order.count("answer") - before
        try await answer
        // Read in one piece, the prompt would have let through one token at most.
        #expect(during >= 4, "\(during) tokens meanwhile")
    }

    @Test func `requests with one beginning compute it once, also when they come at once`() async throws {
        let engine = engine
        let beginning = (0..<30).map { "Rule \($0): be brief and kind. " }.joined()
        let usages = try await withThrowingTaskGroup(of: Usage.self) { group in
            for index in 0..<4 {
                group.addTask { try await engine.text(beginning + "Q\(index)", Sampling(maxTokens: 2)).usage }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(usages.count { $0.cachedTokens >= 200 } >= 3, "\(usages.map(\.cachedTokens))")
    }

    @Test func `conversations that together outgrow the cache are parked, and go on from where they were`() async throws
    {
        func story(_ name: String, _ count: Int) -> String {
            (0..<count).map { "\(name) saw hill \($0). " }.joined()
        }
        let engine = InferenceEngine(modelPath: TestModel.path, settings: TestModel.settings(context: 1024))
        let shared = story("Everybody", 40)
        // More than 1,024 tokens of which some share a beginning.
        let prompts = [shared + story("Ann", 30), shared + story("Ben", 40), story("Cleo", 90)]
        var traces: [(tokens: [Int], gaps: [Double])] = []
        for prompt in prompts { traces.append(try await traced(prompt, engine)) }
        for round in 0..<2 {
            for (prompt, trace) in zip(prompts, traces) {
                let usage = try await engine.text(prompt, Sampling(maxTokens: 1)).usage
                #expect(usage.promptTokens > 400)
                #expect(usage.cachedTokens == usage.promptTokens - 1)
                expectSame(trace, try await traced(prompt, engine), "\(prompt.prefix(12)), round \(round)")
            }
        }
        await engine.stop()
    }

    @Test func `more conversations than the cache holds are all answered`() async throws {
        let engine = InferenceEngine(modelPath: TestModel.path, settings: TestModel.settings(context: 256))
        let texts = try await withThrowingTaskGroup(of: Int.self) { group in
            for index in 0..<12 {
                group.addTask {
                    let prompt = (0..<20).map { "\(index) and \($0 * index), " }.joined()
                    return try await engine.text(prompt, Sampling(maxTokens: 40, ignoreEnd: true)).usage
                        .completionTokens
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(texts == Array(repeating: 40, count: 12))
        #expect(try await engine.becomesIdle())
        await engine.stop()
    }

    @Test func `long prompts that do not fit together are all answered, however many short ones come after them`()
        async throws
    {
        let engine = InferenceEngine(modelPath: TestModel.path, settings: TestModel.settings(context: 512))
        let order = Order()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<4 {
                group.addTask {
                    let prompt = (0..<40).map { "Hill \(index) \($0) is green. " }.joined()
                    _ = try await engine.text(prompt, Sampling(maxTokens: 24, ignoreEnd: true))
                    order.add("long")
                }
            }
            for client in 0..<9 {
                group.addTask {
                    for number in 0..<30 where order.count("long") < 4 {
                        _ = try await engine.text("\(client) \(number)", Sampling(maxTokens: 8, ignoreEnd: true))
                        order.add("short")
                    }
                }
            }
            try await group.waitForAll()
        }
        await engine.stop()
        #expect(order.count("short") < 9 * 30)
    }

    @Test func `what is cancelled, waiting or running, frees its place, and the rest is answered`() async throws {
        let engine = InferenceEngine(modelPath: TestModel.path, settings: TestModel.settings(context: 512))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<24 {
                group.addTask {
                    let task = Task {
                        try await engine.text("Story \(index):", Sampling(maxTokens: 30, ignoreEnd: true)).reason
                    }
                    if index % 3 == 0 {
                        try await Task.sleep(for: .milliseconds(index * 7))
                        task.cancel()
                        _ = await task.result
                    } else {
                        #expect(try await task.value == .length)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await engine.text("Monday, Tuesday,", Sampling(maxTokens: 2)).usage.completionTokens == 2)
        #expect(try await engine.becomesIdle())
        await engine.stop()
    }

    @Test func `several continuations are scored as each alone would be`() async throws {
        let prompt = Prompt([.text("The weather in Paris today is")])
        let alternatives = [" sunny and warm", " sunny and cold", " a purple sandwich", " rainy", ""]
        let together = try await engine.logProbabilities(of: alternatives, after: prompt).scores
        for (index, alternative) in alternatives.enumerated() {
            let alone = try await engine.logProbabilities(of: [alternative], after: prompt).scores[0]
            #expect(together[index].tokenCount == alone.tokenCount)
            #expect(abs(together[index].logProbability - alone.logProbability) < 0.3 * Double(max(1, alone.tokenCount)))
        }
        #expect(together[0].logProbability > together[2].logProbability)
        #expect(together[4] == AlternativeScore(logProbability: 0, tokenCount: 0))
    }

    @Test(arguments: [8, 512])
    func `many scorings at once beside answers, in batches smaller than what they score`(batch: Int) async throws {
        var settings = TestModel.settings(context: 512)
        settings.batch = batch
        let engine = InferenceEngine(modelPath: TestModel.path, settings: settings)
        let prompt = Prompt([.text("The weather in Paris today is")])
        // Six tokens and more; together over all places for logits, and one alone over the smaller batch.
        let words = ["sunny", "cold", "wet", "grey", "mild", "hot", "dull", "fine", "dry", "windy"]
        let alternatives = words.map { " \($0) and \($0) until the late hours of the evening" }
        let alone = try await engine.logProbabilities(of: alternatives, after: prompt).scores
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<4 {
                group.addTask {
                    let answer = try await engine.text("Story \(index):", Sampling(maxTokens: 20, ignoreEnd: true))
                    #expect(answer.usage.completionTokens == 20)
                }
                group.addTask {
                    let scores = try await engine.logProbabilities(of: alternatives, after: prompt).scores
                    for (score, expected) in zip(scores, alone) {
                        let most = 0.3 * Double(expected.tokenCount)
                        #expect(abs(score.logProbability - expected.logProbability) < most)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await engine.becomesIdle())
        await engine.stop()
    }

    @Test func `a continuation longer than a slow machine's chunk is scored all the same`() throws {
        let model = try Model(path: TestModel.path)
        var scheduler = try BatchScheduler(
            model: model, settings: TestModel.settings(context: 512), store: nil, activity: Activity(),
            onRun: { _, _ in }, wake: { _ in })
        for _ in 0..<9 { scheduler.chunk.measured(tokens: 100, seconds: 500) }
        #expect(scheduler.chunk.size(beside: 0) < 12)
        var scores: [AlternativeScore]?
        var failure: InferenceError?
        let alternative = " sunny and warm and dry and calm and bright until the late hours of the evening"
        let request = EngineRequest(
            ticket: 1, conversation: "c", isTail: false, cancel: CancelFlag(), leave: {}, failed: { failure = $0 },
            start: { item, scheduler throws(InferenceError) in
                try scheduler.begin(item, scoring: [alternative], after: Prompt([.text("Today it is")])) { answer in
                    scores = try? answer.get().scores
                }
            })
        scheduler.submit(request)
        for _ in 0..<20 where scores == nil && failure == nil { _ = scheduler.step() }
        #expect(failure == nil)
        #expect((scores?.first?.tokenCount ?? 0) > 12)
    }

    @Test func `while what a grammar forces is computed, its reader still waits for the next token`() throws {
        let model = try Model(path: TestModel.path)
        let request = EngineRequest(
            ticket: 1, conversation: "c", isTail: false, cancel: CancelFlag(), leave: {}, failed: { _ in },
            start: { _, _ in })
        let generation = try Generation(
            GenerationRequest(prompt: Prompt([.text("a")])), model: model, automaton: nil, prompt: [1, 2, 3],
            emit: { _ in })
        request.work = .generation(generation)
        request.tokens = [1, 2, 3]
        request.promptCount = 3
        request.sequence = 0
        request.computed = 2
        #expect(!request.isBeingRead)
        request.tokens += [4, 5, 6]
        request.computed = 3
        #expect(request.isBeingRead && !request.isAnswering)
    }

    @Test func `what a grammar forces counts against the limit, and a text that cannot go on is no success`()
        async throws
    {
        let short = try await engine.text("x", Sampling(maxTokens: 1), constraint: .text("exactly this"))
        #expect(short.usage.completionTokens == 1 && short.reason == .length)
        var sampling = Sampling(maxTokens: 20)
        sampling.logitBias = (0...9).map { LogitBias(text: "\($0)", bias: nil) }
        let error = await #expect(throws: InferenceError.self) {
            _ = try await engine.text("x", sampling, constraint: .schema(["type": "integer", "minimum": 0]))
        }
        #expect(error?.code == .samplingInvalid)
        // What only this request asked for is not held against the others.
        #expect(try await engine.text("Monday,", Sampling(maxTokens: 2)).usage.completionTokens == 2)
    }

    @Test func `a conversation that outgrows the context loses whole turns from its middle, and says how many`()
        async throws
    {
        let engine = InferenceEngine(modelPath: TestModel.path, settings: TestModel.settings(context: 256))
        var messages = [ChatMessage(.system, "You are brief.")]
        for turn in 0..<12 {
            messages.append(ChatMessage(.user, "Question \(turn): what comes after the number \(turn * 7)?"))
            messages.append(ChatMessage(.assistant, "After it comes the number \(turn * 7 + 1), of course."))
        }
        messages.append(ChatMessage(.user, "And what now?"))
        let prompt = try await engine.render(messages)
        #expect(prompt.turnStarts.count == 13)
        for try await event in engine.generate(GenerationRequest(prompt: prompt, sampling: Sampling(maxTokens: 16))) {
            guard case .finished(_, let usage) = event else { continue }
            #expect((usage.droppedTurns ?? 0) > 0)
            // What was asked is what is counted, as far as it was read.
            #expect(usage.promptTokens < 256)
        }
        // While it is generated, a turn goes when there is no room for the next token.
        let short = try await engine.render(Array(messages.suffix(9)))
        let request = GenerationRequest(prompt: short, sampling: Sampling(maxTokens: 220, ignoreEnd: true))
        var last: (reason: FinishReason, usage: Usage)?
        for try await case .finished(let reason, let usage) in engine.generate(request) { last = (reason, usage) }
        #expect(last?.reason == .length && last?.usage.completionTokens == 220)
        #expect((last?.usage.droppedTurns ?? 0) > 0)
        await engine.stop()
    }

    @Test func `forced text is written without choosing, and counts as generated`() async throws {
        let schema: JSONValue = [
            "type": "object", "required": ["temperature", "description"],
            "properties": ["temperature": ["type": "integer"], "description": ["type": "string", "maxLength": 20]],
        ]
        let answer = try await engine.text("Weather as JSON: ", Sampling(maxTokens: 80), constraint: .schema(schema))
        #expect(answer.text.hasPrefix(#"{"temperature": "#) && answer.text.contains(#", "description": ""#))
        #expect(answer.reason == .stop)
        let constant = try await engine.text("x", Sampling(maxTokens: 80), constraint: .text("exactly this"))
        #expect(constant.text == "exactly this" && constant.reason == .stop)
    }
}

/// Counts what happened, from several tasks.
private final class Order: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    func add(_ name: String) { counts.withLock { $0[name, default: 0] += 1 } }
    func count(_ name: String) -> Int { counts.withLock { $0[name] ?? 0 } }
}

extension InferenceEngine {
    /// Whether every place is given up, the last one just after its end was told.
    fileprivate func becomesIdle() async throws -> Bool {
        for _ in 0..<200 where queueCounts.running + queueCounts.waiting > 0 {
            try await Task.sleep(for: .milliseconds(10))
        }
        return queueCounts.running == 0 && queueCounts.waiting == 0
    }
}
