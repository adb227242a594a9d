import Foundation
import ModelFiles
import Synchronization
import Testing

@testable import Inference

/// Which files are loaded into the daemon.
@Suite(.timeLimit(.minutes(1)))
struct ModelAdmissionTests {
    private final class Trials: Sendable {
        private let number = Atomic(0)
        let problem: InferenceError?

        init(_ problem: InferenceError? = nil) { self.problem = problem }

        var count: Int { number.load(ordering: .relaxed) }
        func note() { number.add(1, ordering: .relaxed) }
    }

    private func admission(_ cache: String, _ trials: Trials) -> ModelAdmission {
        ModelAdmission(cache: cache) { _, _ throws(InferenceError) in
            trials.note()
            if let problem = trials.problem { throw problem }
        }
    }

    private func withCache(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.path + "/squire-cache-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder + "/models", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    /// A header that is sound, and says nothing.
    private static let bytes: Data = {
        var data = Data(
            Array("GGUF".utf8) + GGUFBytes.number(3, 4) + GGUFBytes.number(0, 8) + GGUFBytes.number(1, 8)
                + GGUFBytes.string("general.architecture") + GGUFBytes.number(8, 4) + GGUFBytes.string("llama"))
        GGUFBytes.pad(&data)
        return data
    }()

    private func file(_ path: String, _ bytes: Data = bytes) throws {
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try bytes.write(to: URL(fileURLWithPath: path))
    }

    @Test func `an unknown file is tried once, and again when it has changed`() throws {
        try withCache { cache in
            let path = cache + "/own.gguf"
            try file(path)
            let trials = Trials()
            for _ in 0..<3 {
                #expect(try admission(cache, trials).admit(path, for: .chat) == ModelParts(of: path).identities)
            }
            #expect(trials.count == 1)
            // The same size and, where somebody sets it back, the same time.
            let modified = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
            try file(path)
            try FileManager.default.setAttributes([.modificationDate: modified as Any], ofItemAtPath: path)
            _ = try admission(cache, trials).admit(path, for: .chat)
            #expect(trials.count == 2)
            // For another purpose it is used otherwise.
            _ = try admission(cache, trials).admit(path, for: .vectors)
            #expect(trials.count == 3)
        }
    }

    @Test func `every part of a model of several files is looked at, and a changed one tried again`() throws {
        try withCache { cache in
            let paths = (1...3).map { "\(cache)/own-0000\($0)-of-00003.gguf" }
            for path in paths { try file(path) }
            let trials = Trials()
            for _ in 0..<2 { #expect(try admission(cache, trials).admit(paths[0], for: .chat)?.count == 3) }
            #expect(trials.count == 1)
            try file(paths[2])
            _ = try admission(cache, trials).admit(paths[0], for: .chat)
            #expect(trials.count == 2)
            try file(paths[1], Self.bytes.prefix(30))
            let error = #expect(throws: InferenceError.self) {
                try admission(cache, trials).admit(paths[0], for: .chat)
            }
            #expect(error?.message.contains(paths[1]) == true)
            #expect(trials.count == 2)
        }
    }

    @Test func `a file that ended its trial is not tried again until it changes`() throws {
        try withCache { cache in
            let path = cache + "/bad.gguf"
            try file(path)
            let trials = Trials(InferenceError(.modelCrashes, "it ended with signal 6"))
            for _ in 0..<2 {
                let error = #expect(throws: InferenceError.self) {
                    try admission(cache, trials).admit(path, for: .chat)
                }
                #expect(error?.code == .modelCrashes && error?.message.contains("signal 6") == true)
            }
            #expect(trials.count == 1)
            try file(path, Self.bytes + [0])
            _ = try? admission(cache, trials).admit(path, for: .chat)
            #expect(trials.count == 2)
        }
    }

    @Test
    func `a file of the cache is tried only when it is what its folder says, and is refused by name when it is not`()
        throws
    {
        try withCache { cache in
            let sum = SHA256Text.of(Self.bytes)
            let path = cache + "/models/\(sum.prefix(16))/own.gguf"
            try file(path)
            let trials = Trials()
            _ = try admission(cache, trials).admit(path, for: .chat)
            #expect(trials.count == 1)
            // A byte is turned in its place.
            var damaged = Self.bytes
            damaged[damaged.count - 1] ^= 1
            let handle = try #require(FileHandle(forWritingAtPath: path))
            try handle.write(contentsOf: damaged)
            try handle.close()
            let error = #expect(throws: InferenceError.self) {
                try admission(cache, trials).admit(path, for: .chat)
            }
            #expect(error?.code == .modelReplaced)
            #expect(error?.message.contains("make models") == true && error?.message.contains(path) == true)
            #expect(trials.count == 1)
        }
    }

    @Test func `the default models need no trial, wherever they stand`() throws {
        try withCache { cache in
            let folder = "\(TestModel.path.split(separator: "/models/")[0])/models/"
            let path = cache + "/models/" + DefaultModels.files[1].path
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: folder + DefaultModels.files[1].path, toPath: path)
            try FileManager.default.copyItem(atPath: path, toPath: cache + "/elsewhere.gguf")
            let trials = Trials()
            for path in [path, cache + "/elsewhere.gguf"] {
                _ = try admission(cache, trials).admit(path, for: .vectors)
            }
            #expect(trials.count == 0)
        }
    }

    @Test func `a header that cannot be is refused before anything is started`() throws {
        try withCache { cache in
            let path = cache + "/own.gguf"
            try file(path, Data("GGUF".utf8) + Data(repeating: 0xff, count: 64))
            let trials = Trials()
            #expect(throws: InferenceError.self) { try admission(cache, trials).admit(path, for: .chat) }
            #expect(trials.count == 0)
        }
    }

    // MARK: The process that tries

    @Test(arguments: [("echo 'squire-confine: no rules' >&2; exit 125", "no rules"), ("exit 127", "status 127")])
    func `where what confines a trial fails, nothing is said of the file, and it is tried again`(
        script: String, said: String
    ) throws {
        try withCache { cache in
            let path = cache + "/own.gguf"
            try file(path)
            let starts = Trials()
            let trial = ModelTrial(program: "/no/program", settings: ContextSettings()) { _, _ in
                starts.note()
                return ModelTrial.Command(program: "/bin/sh", arguments: ["-c", script])
            }
            let admission = ModelAdmission(cache: cache) { path, purpose throws(InferenceError) in
                try trial.run(path, purpose)
            }
            for _ in 0..<2 {
                let error = #expect(throws: InferenceError.self) { try admission.admit(path, for: .chat) }
                #expect(error?.code == .modelFailed && error?.message.contains(said) == true)
            }
            #expect(starts.count == 2)
        }
    }

    @Test func `the parts of a model of several files are found by the name of any of them`() throws {
        try withCache { cache in
            let paths = (1...3).map { "\(cache)/big-0000\($0)-of-00003.gguf" }
            for path in paths { try file(path) }
            try file(cache + "/big-00001-of-00002.gguf")
            try file(cache + "/other.gguf")
            for path in paths { #expect(ModelParts(of: path).paths == paths) }
            #expect(ModelParts(of: cache + "/other.gguf").paths == [cache + "/other.gguf"])
            #expect(ModelParts(of: paths[0]).bytes == 3 * Self.bytes.count)
        }
    }

    @Test func `a child has a session of its own, and is asked to end before it is killed`() throws {
        let script =
            "cut -d ' ' -f 6 /proc/self/stat; echo $$; trap 'echo asked; exit' TERM; while :; do sleep 0.1; done"
        let child = try ChildProcess.start("/bin/sh", ["-c", script])
        let (end, output) = child.wait(atMost: .seconds(1), keeping: 1000)
        let lines = output.split(separator: "\n")
        #expect(end == .late)
        #expect(lines.count == 3 && lines.first == lines.dropFirst().first && lines.last == "asked")
    }

    @Test func `a child that never stops writing is late all the same`() throws {
        let child = try ChildProcess.start("/bin/sh", ["-c", "trap '' TERM; while :; do echo x; done"])
        #expect(child.wait(atMost: .seconds(1), keeping: 1000).0 == .late)
    }

    @Test(arguments: [
        ("exit 0", ChildProcess.End.exited(0)), ("exit 3", .exited(3)), ("kill -ABRT $$", .signaled(6)),
        ("yes | head -c 1000000; exit 4", .exited(4)), ("sleep 60 & exit 5", .late), ("while :; do :; done", .late),
    ])
    func `a process that ends, is ended, fills its output or does not come to its end is told apart`(
        script: String, end: ChildProcess.End
    ) throws {
        let child = try ChildProcess.start("/bin/sh", ["-c", script])
        let (ended, output) = child.wait(atMost: .seconds(2), keeping: 1000)
        #expect(ended == end)
        #expect(output.utf8.count <= 1000)
    }
}

private enum SHA256Text {
    static func of(_ data: Data) -> String {
        let url = FileManager.default.temporaryDirectory.appending(path: "squire-\(UUID())")
        defer { try? FileManager.default.removeItem(at: url) }
        try? data.write(to: url)
        return (try? InstalledModel.sum(of: url.path)) ?? ""
    }
}
