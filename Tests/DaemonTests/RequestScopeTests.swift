import Core
import Foundation
import SquireClient
import SquireProtocol
import Testing

/// The ids of requests in the log of a real daemon.
@Suite(.timeLimit(.minutes(3)))
struct RequestScopeTests {
    /// A line of the log: its level and label, what is told with it, the module, what it says.
    private struct Line {
        var request: String?
        var metadata: Substring
        var message: Substring

        init?(_ text: Substring) {
            guard let parts = text.wholeMatch(of: /\S+ \w+ squired: ?(.*?) ?\[\w+\] (.*)/) else { return nil }
            metadata = parts.1
            message = parts.2
            request = metadata.firstMatch(of: /(?:^| )request=(\S+)/).map { String($0.1) }
        }

        static func all(of daemon: SquiredProcess, _ message: String, with text: String = "") -> [Line] {
            daemon.log.split(separator: "\n").compactMap(Line.init).filter {
                $0.message.contains(message) && $0.metadata.contains(text)
            }
        }
    }

    private static let weather = """
        {"model": "any", "stream": true, "messages": [{"role": "user", "content": "What is the weather in Paris?"}],
         "tools": [{"type": "function", "function": {"name": "get_weather", "description": "Get the current weather of a city.",
         "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}}}]}
        """

    private func withDaemon(_ body: (SquiredProcess, _ gateway: String) async throws -> Void) async throws {
        try await withHome { home in
            let gateway = home + "/gateway.sock"
            let settings = ["SQUIRE_LOG_LEVEL": "debug", "SQUIRE_GATEWAY_LISTEN": "unix:\(gateway)"]
            try await SquiredProcess.withDaemon(home: home, settings: settings) { daemon in
                try await eventually { daemon.log.contains("gateway ready") }
                try await body(daemon, gateway)
            }
        }
    }

    @Test("what is logged for a request carries its id, whatever tasks the work is done in and whoever asks meanwhile")
    func acrossTasks() async throws {
        try await withDaemon { daemon, gateway in
            let client = try RawSocket(connectingTo: gateway)
            try client.send(
                "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: \(Self.weather.utf8.count)\r\n\r\n\(Self.weather)")
            let answer = try await daemon.withClient { client in
                try await client.ask(AskParameters(message: "What time is it in Tokyo?"))
            }
            #expect(answer.message.steps.map(\.operation) == ["worldTime"])
            let stream = try client.read(until: "data: [DONE]")
            #expect(stream.contains("get_weather"))
            try await eventually { Line.all(of: daemon, "request answered").count == 2 }

            let asked = try #require(Line.all(of: daemon, "request answered", with: "method=assistant/ask").first)
            let posted = try #require(Line.all(of: daemon, "request answered", with: "path=/v1/chat/completions").first)
            #expect(asked.request != nil && posted.request != nil && asked.request != posted.request)
            #expect(stream.lowercased().contains("x-request-id: \(posted.request ?? "")\r\n"))

            let weighed = Line.all(of: daemon, "tools weighed")
            #expect(weighed.filter { $0.metadata.contains("chosen=worldTime") }.map(\.request) == [asked.request])
            #expect(weighed.filter { $0.metadata.contains("chosen=get_weather") }.map(\.request) == [posted.request])
            #expect(Line.all(of: daemon, "plugin server started").map(\.request) == [asked.request])
            #expect(Line.all(of: daemon, "ready").allSatisfy { $0.request == nil })
        }
    }

    @Test("requests that their client gives the same id have different ones in the log")
    func sameRPCID() async throws {
        try await withDaemon { daemon, _ in
            let socket = try RawSocket(connectingTo: daemon.socket)
            for method in ["ping", "status", "no/method"] {
                try socket.send(#"{"jsonrpc": "2.0", "id": 7, "method": "\#(method)"}"#)
                _ = try socket.read(until: "\n")
            }
            try await eventually { Line.all(of: daemon, "request answered").count == 3 }
            let answered = Line.all(of: daemon, "request answered", with: "rpcID=7")
            #expect(Set(answered.compactMap(\.request)).count == 3)
            #expect(answered.last?.metadata.contains("outcome=methodUnknown") == true)
        }
    }

    @Test("a plugin's program that ends after the request it was started for ends for none")
    func outlasting() async throws {
        try await withDaemon { daemon, _ in
            try await daemon.withClient { client in
                _ = try await client.callPlugin("almanac", operation: "worldTime", arguments: ["city": "Tokyo"])
            }
            let started = try #require(Line.all(of: daemon, "plugin server started").first)
            let called = try #require(Line.all(of: daemon, "request answered", with: "method=plugin/call").first)
            #expect(started.request == called.request && called.request != nil)
            let socket = try #require(started.metadata.firstMatch(of: /socket=(\S+)/)?.1)
            for pid in try processes(naming: socket) { kill(pid, SIGKILL) }
            try await eventually { !Line.all(of: daemon, "plugin server ended").isEmpty }
            #expect(Line.all(of: daemon, "plugin server ended").map(\.request) == [nil])
        }
    }

    /// Those that were started with a text among their arguments.
    private func processes(naming text: Substring) throws -> [Int32] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap(Int32.init).filter { pid in
            // Gone meanwhile, it has none.
            let line = try? String(contentsOfFile: "/proc/\(pid)/cmdline", encoding: .utf8)
            return line?.contains(text) == true
        }
    }
}
