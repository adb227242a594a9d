import Foundation
import Ownership
import Testing

@testable import Gateway

@Suite(.timeLimit(.minutes(1)))
struct UnixSocketTests {
    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/gw-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }

    private func gateway(_ path: String) throws -> Gateway {
        try Gateway(
            model: ScriptedModel(), modelName: "m", embedder: ScriptedEmbedder(), embeddingModelName: "e",
            chatModel: ScriptedCaller(), schemas: SchemaRules(unenforced: { _ in [] }), listen: "unix:\(path)",
            logger: .quiet)
    }

    /// Serves while `body` runs, from when it listens.
    private func serving(_ gateway: Gateway, _ body: () throws -> Void) async throws {
        let (listening, continuation) = AsyncStream<ListenAddress>.makeStream()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { continuation.finish() }
                try await gateway.run { continuation.yield($0) }
            }
            var isListening = false
            for await _ in listening {
                isListening = true
                break
            }
            if isListening { try body() }
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    @Test func `what is at the path and is no dead socket of ours stays, and is named`() async throws {
        try await withFolder { folder in
            let path = "\(folder)/http.sock"
            try Data("precious".utf8).write(to: URL(fileURLWithPath: path))
            let file = await #expect(throws: GatewayError.self) { try await gateway(path).run() }
            #expect(file?.message.contains("\(path) is there and is no socket, but a file") == true)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("precious".utf8))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["http.sock"])

            try FileManager.default.removeItem(atPath: path)
            try await serving(try gateway(path)) {
                let before = FileFacts(at: path)
                #expect(before?.isSocket == true)
                let names = try FileManager.default.contentsOfDirectory(atPath: folder)
                #expect(names == ["http.sock"])
            }
            #expect(FileFacts(at: path) == nil)
        }
    }

    @Test func `a socket on which somebody answers is not taken over`() async throws {
        try await withFolder { folder in
            let path = "\(folder)/http.sock"
            let (first, second) = (try gateway(path), try gateway(path))
            let (listening, continuation) = AsyncStream<ListenAddress>.makeStream()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await first.run { continuation.yield($0) } }
                for await _ in listening { break }
                let before = FileFacts(at: path)
                let error = await #expect(throws: GatewayError.self) { try await second.run() }
                #expect(error?.message.contains("another process answers on \(path)") == true)
                #expect(FileFacts(at: path) == before)
                // Whoever looked whether somebody answers was let in, and must have been seen to be gone: SwiftNIO ends the
                // process where a server is cancelled between accepting a connection and handling it.
                try await Task.sleep(for: .milliseconds(500))
                group.cancelAll()
                try await group.waitForAll()
            }
        }
    }
}
