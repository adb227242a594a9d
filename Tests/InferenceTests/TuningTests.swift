import Foundation
import SeededRandom
import Testing

@testable import Inference

// One at a time: each measures with all cores.
@Suite(.serialized)
struct TuningTests {
    private let folder = FileManager.default.temporaryDirectory.path + "/squire-\(UUID().uuidString)"

    private func trial() -> Tuning.Trial {
        var settings = ContextSettings()
        settings.batch = 256
        settings.threads = 1
        return Tuning.Trial(
            format: "Q8_0", settings: settings, speeds: Speeds(prompt: 500, generation: 100, eight: 200),
            perplexity: 13, isGoodEnough: true)
    }

    /// Keeps a choice whose weights are a file of these bytes.
    private func keep(_ model: String, weights: String) throws -> Tuning {
        let path = "\(folder)/new.part"
        try Data(weights.utf8).write(to: URL(fileURLWithPath: path))
        return try Tuning.keep(model: model, trials: [trial()], chosen: trial(), weights: path, folder: folder)
    }

    @Test func `what was chosen holds until the model's file changes, its weights go, or it is undone`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let model = "\(folder)/model.gguf"
        try Data("x".utf8).write(to: URL(fileURLWithPath: model))
        #expect(Tuning.read(model: model, folder: folder) == nil)
        let tuning = try keep(model, weights: "1")
        #expect(Tuning.read(model: model, folder: folder) == tuning)

        try Data("longer".utf8).write(to: URL(fileURLWithPath: model))
        #expect(Tuning.read(model: model, folder: folder) == nil)
        let weights = try #require(try keep(model, weights: "2").weights)
        #expect(Tuning.read(model: model, folder: folder) != nil)

        #expect(Tuning.remove(model: model, folder: folder))
        #expect(Tuning.read(model: model, folder: folder) == nil && !FileManager.default.fileExists(atPath: weights))
        #expect(!Tuning.remove(model: model, folder: folder))
        #expect(FileManager.default.fileExists(atPath: model))
    }

    @Test func `weights that are in use are never written over, and go when another choice is kept`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let (model, other) = ("\(folder)/model.gguf", "\(folder)/deeper/model.gguf")
        let first = try #require(try keep(model, weights: "1").weights)
        let neighbour = try #require(try keep(other, weights: "n").weights)
        let inUse = try FileHandle(forReadingFrom: URL(fileURLWithPath: first))
        let second = try #require(try keep(model, weights: "2").weights)
        #expect(first != second && !FileManager.default.fileExists(atPath: first))
        #expect(try inUse.readToEnd() == Data("1".utf8))
        #expect(FileManager.default.contents(atPath: second) == Data("2".utf8))
        #expect(FileManager.default.fileExists(atPath: neighbour))
    }

    @Test(.timeLimit(.minutes(10)))
    func `tuning measures, keeps what won, and leaves nothing else behind`() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var tuner = ModelTuner(modelPath: TestModel.path, folder: folder, activity: Activity()) { _ in }
        tuner.formats = tuner.formats.filter { $0.name == "Q8_0" }
        // Attention that quantized values cannot be read with comes before them.
        tuner.changes = [{ $0.flashAttention = false }] + tuner.changes.suffix(1)
        tuner.perplexityTokens = 200
        let tuning = try await tuner.run()
        #expect(tuning.trials.count == 4 && tuning.trials.allSatisfy { $0.speeds.generation > 0 && $0.perplexity > 1 })
        #expect(tuning.chosen.isGoodEnough && tuning.chosen.speeds.cost <= tuning.trials[0].speeds.cost)
        #expect(Tuning.read(model: TestModel.path, folder: folder) == tuning)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(files.count == (tuning.weights == nil ? 1 : 2), "\(files)")
    }

    @Test(.timeLimit(.minutes(5)))
    func `a prompt is read slower by eights than by hundreds, whichever is compared with the other`() throws {
        var hundreds = Way(model: try Model(path: TestModel.path), settings: ContextSettings())
        // Several would wait for one another where other tests take the cores.
        hundreds.settings.threads = 1
        var eights = hundreds
        eights.settings.batch = 8
        #expect(try eights.gain(over: hundreds, isCandidate: false).prompt < 0.9)
        #expect(try hundreds.gain(over: eights, isCandidate: false).prompt > 1.1)
    }

    @Test func `of several measurements each speed's median counts`() {
        let all = [(1, 30, 5), (3, 20, 6), (2, 10, 900)].map { Speeds(prompt: $0.0, generation: $0.1, eight: $0.2) }
        #expect(Speeds.medians(all) == Speeds(prompt: 2, generation: 20, eight: 6))
    }

    @Test func `what the configuration says comes before what tuning chose`() {
        var configured = ContextSettings()
        configured.threads = 2
        var tuned = ContextSettings()
        tuned.threads = 1
        tuned.promptThreads = 4
        tuned.cacheType = .q8
        let filled = configured.filled(from: tuned)
        #expect(filled.threads == 2 && filled.promptThreads == nil && filled.cacheType == .q8)
        // Also where it says what would hold anyway, and where what was chosen does not go with it.
        configured.batch = 512
        tuned.batch = 256
        configured.flashAttention = false
        let other = configured.filled(from: tuned)
        #expect(other.batch == 512 && other.cacheType == nil)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a text a model would write is less surprising to it than a jumble`() throws {
        let model = try Model(path: TestModel.path)
        var context = try ModelContext(model: model, settings: ContextSettings(), cells: 512)
        let text = Array(model.tokens(of: TuningText.text, special: false).prefix(120))
        var generator = SeededRandom.ofTest("TuningTests", seed: 3)
        let plain = try context.perplexity(of: text)
        #expect(plain > 2 && plain < 60)
        #expect(try context.perplexity(of: text.shuffled(using: &generator)) > 5 * plain)
    }
}
