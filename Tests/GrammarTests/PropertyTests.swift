import Core
import Grammar
import SeededRandom
import Testing

/// What JSON Schema itself says of random schemas, by PyPI's `jsonschema`.
@Suite(.timeLimit(.minutes(5)))
struct PropertyTests {
    @Test func `what is generated under a random schema is an instance of it`() async throws {
        var questions: [InstanceChecker.Question] = []
        for seed in SeededRandom.seeds(ofTest: "PropertyTests", from: 0, count: 300) {
            await Task.yield()
            var schemas = RandomSchema(seed: seed)
            let schema = schemas.document()
            guard let grammar = try satisfiable(schema) else { continue }
            var walk = RandomWalk(grammar, seed: seed)
            let texts = (0..<12).compactMap { _ in walk.text() }
            questions.append(.init(schema: schema, unenforced: grammar.unenforced, texts: texts))
        }
        #expect(questions.count > 250)
        var finished = 0
        for (question, answers) in zip(questions, try await InstanceChecker.answers(questions)) {
            finished += answers.count
            for (text, answer) in zip(question.texts, answers) {
                let comment = "\(question.schema.text) \(question.unenforced) \(text)"
                #expect(answer.enforced == nil || answer.whole == nil, "\(comment)")
            }
        }
        #expect(finished > questions.count * 11)
    }

    @Test func `of random values, the instances are allowed, and no others`() async throws {
        var questions: [InstanceChecker.Question] = []
        var allowed: [[Bool?]] = []
        for seed in SeededRandom.seeds(ofTest: "PropertyTests", from: 1000, count: 400) {
            await Task.yield()
            var schemas = RandomSchema(seed: seed)
            let schema = schemas.document()
            var values = RandomInstance(schema, seed: seed)
            let candidates = (0..<20).map { _ in values.value() }
            let grammar = try satisfiable(schema)
            let automaton = grammar.map { TokenAutomaton($0, vocabulary: TestVocabulary.shared) }
            // Of a schema that nothing is to be an instance of, nothing may be.
            allowed.append(candidates.map { value in automaton.map { value.isAllowed(by: $0) } ?? false })
            questions.append(
                .init(schema: schema, unenforced: grammar?.unenforced ?? [], texts: candidates.map(\.text)))
        }
        var instances = 0
        var others = 0
        for (index, answers) in try await InstanceChecker.answers(questions).enumerated() {
            let question = questions[index]
            for (position, answer) in answers.enumerated() {
                guard let isAllowed = allowed[index][position] else { continue }
                let comment = "\(question.schema.text) \(question.unenforced) \(question.texts[position])"
                if answer.whole == nil {
                    instances += 1
                    #expect(isAllowed, "\(comment)")
                } else if let failure = answer.enforced {
                    others += 1
                    #expect(!isAllowed, "\(failure): \(comment)")
                }
            }
        }
        #expect(instances > 3000 && others > 2000, "\(instances) \(others)")
    }

    @Test func `a number that is read as an excluded bound is not allowed`() async throws {
        let bounds: [(text: String, above: [String], below: [String])] = [
            ("100000", ["100000.000000000001", "100000.000001"], ["99999.999999999999", "99999.999999"]),
            ("0", ["0.000000000001", "0.5"], ["-0.000000000001", "-0.5"]),
            ("-8192.5", ["-8192.499999999999", "-8192.4"], ["-8192.500000000001", "-8192.51"]),
            ("99999999999", ["99999999999.00001", "99999999999.1"], ["99999999998.999999", "99999999998.9"]),
        ]
        var questions: [InstanceChecker.Question] = []
        for bound in bounds {
            let value = try JSONValue(parsing: bound.text)
            for (keyword, near) in [("exclusiveMinimum", bound.above), ("exclusiveMaximum", bound.below)] {
                let schema = JSONValue.object(["type": "number", keyword: value])
                // The last of them has few enough digits to be told from the bound.
                #expect(try near.last.map { try schema.allows($0) } == true, "\(schema.text)")
                let texts = try (near + [bound.text]).filter { try schema.allows($0) }
                questions.append(.init(schema: schema, unenforced: [], texts: texts))
            }
        }
        for (question, answers) in zip(questions, try await InstanceChecker.answers(questions)) {
            for (text, answer) in zip(question.texts, answers) {
                #expect(answer.whole == nil, "\(question.schema.text) \(text)")
            }
        }
    }

    @Test func `what is generated for a format is of that format`() async throws {
        let questions = try RandomSchema.formats.map { format in
            let schema: JSONValue = ["type": "string", "format": .string(format)]
            var walk = RandomWalk(try CompiledGrammar(.schema(schema)), seed: 5)
            return InstanceChecker.Question(
                schema: schema, unenforced: [], texts: (0..<100).compactMap { _ in walk.text() })
        }
        for (question, answers) in zip(questions, try await InstanceChecker.answers(questions)) {
            #expect(question.texts.count > 80, "\(question.schema.text)")
            for (text, answer) in zip(question.texts, answers) { #expect(answer.whole == nil, "\(text)") }
        }
    }

    /// - Returns: nil where no value is an instance.
    private func satisfiable(_ schema: JSONValue) throws -> CompiledGrammar? {
        do throws(GrammarError) {
            return try CompiledGrammar(.schema(schema))
        } catch {
            guard error.code == .schemaUnsatisfiable else { throw error }
            return nil
        }
    }
}

/// Texts that a grammar allows, token by token.
struct RandomWalk {
    private let automaton: TokenAutomaton
    private var random: SeededRandom

    /// After so many tokens, what ends a value is chosen where it can be.
    private static let freeTokens = 25
    private static let mostTokens = 400
    private static let closing = tokens(of: "\"}]")
    /// What formats and the patterns of random schemas ask for before an end.
    private static let wanted = tokens(of: "0189-:.@TZabxn_ \\")

    private static func tokens(of bytes: String) -> [Int32] { bytes.utf8.map { Int32($0) + 1 } }

    init(_ grammar: CompiledGrammar, seed: UInt64) {
        automaton = TokenAutomaton(grammar, vocabulary: TestVocabulary.shared)
        random = SeededRandom(seed: seed)
    }

    /// - Returns: nil where the text grows too long.
    mutating func text() -> String? {
        var matcher = Matcher(automaton)
        var bytes: [UInt8] = []
        for step in 0..<Self.mostTokens {
            let mask = matcher.mask()
            #expect(mask.count > 0, "nothing may follow \(String(decoding: bytes, as: UTF8.self))")
            guard let token = choose(from: mask, step: step) else { return String(decoding: bytes, as: UTF8.self) }
            let isAccepted = matcher.accept(token)
            #expect(isAccepted)
            bytes += TestVocabulary.shared.bytes(of: token)
        }
        return nil
    }

    /// - Returns: nil at the end.
    private mutating func choose(from mask: TokenMask, step: Int) -> Int32? {
        let isClosing = step > Self.freeTokens || random.chance(6)
        if mask.contains(0), isClosing || mask.count == 1 { return nil }
        if isClosing, !random.chance(3), let token = Self.closing.first(where: mask.contains) { return token }
        let wanted = step > Self.freeTokens ? Self.wanted.filter(mask.contains) : []
        if !wanted.isEmpty, !random.chance(20) { return random.pick(wanted) }
        var rank = Int.random(in: 0..<(mask.count - (mask.contains(0) ? 1 : 0)), using: &random)
        return (1..<Int32(TestVocabulary.shared.size)).first { token in
            guard mask.contains(token) else { return false }
            rank -= 1
            return rank < 0
        }
    }
}
