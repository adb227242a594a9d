import Foundation
import Testing

@testable import Inference

struct TuningTests {
    private let folder = FileManager.default.temporaryDirectory.path + "/squire-\(UUID().uuidString)"

    private func tuning(_ model: String, weights: String?) -> Tuning {
        var settings = ContextSettings()
        settings.batch = 256
        settings.threads = 1
        let trial = Tuning.Trial(
            format: "Q8_0", settings: settings, prompt: 500, generation: 100, eight: 200, perplexity: 13,
            isGoodEnough: true)
        return Tuning(model: model, trials: [trial], chosen: trial, weights: weights)
    }

    @Test("what was chosen holds until the model's file changes, its weights go, or it is undone")
    func keeping() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let (model, weights) = ("\(folder)/model.gguf", "\(folder)/model.gguf.Q8_0.gguf")
        for path in [model, weights] { try Data("x".utf8).write(to: URL(fileURLWithPath: path)) }
        #expect(Tuning.read(model: model, folder: folder) == nil)
        let tuning = tuning(model, weights: weights)
        try tuning.write(folder: folder)
        #expect(Tuning.read(model: model, folder: folder) == tuning)

        try Data("longer".utf8).write(to: URL(fileURLWithPath: model))
        #expect(Tuning.read(model: model, folder: folder) == nil)
        try self.tuning(model, weights: weights).write(folder: folder)
        #expect(Tuning.read(model: model, folder: folder) != nil)

        #expect(Tuning.remove(model: model, folder: folder))
        #expect(Tuning.read(model: model, folder: folder) == nil && !FileManager.default.fileExists(atPath: weights))
        #expect(!Tuning.remove(model: model, folder: folder))
        #expect(FileManager.default.fileExists(atPath: model))
    }

    @Test("what the configuration says comes before what tuning chose")
    func precedence() {
        var configured = ContextSettings()
        configured.threads = 2
        var tuned = ContextSettings()
        tuned.threads = 1
        tuned.promptThreads = 4
        tuned.cacheType = .q8
        let filled = configured.filled(from: tuned)
        #expect(filled.threads == 2 && filled.promptThreads == nil && filled.cacheType == .q8)
    }

    @Test("a text a model would write is less surprising to it than a jumble", .timeLimit(.minutes(1)))
    func perplexity() throws {
        let model = try Model(path: TestModel.path)
        var context = try ModelContext(model: model, settings: ContextSettings(), cells: 512)
        let text = Array(model.tokens(of: TuningText.text, special: false).prefix(120))
        var generator = RandomSource(seed: 3)
        let plain = try context.perplexity(of: text)
        #expect(plain > 2 && plain < 60)
        #expect(try context.perplexity(of: text.shuffled(using: &generator)) > 5 * plain)
    }
}
