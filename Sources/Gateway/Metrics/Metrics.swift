import Core
import Synchronization

/// What the gateway counts since its start.
final class Metrics: Sendable {
    private struct Outcome: Hashable {
        /// A route's path as it was declared, so that clients cannot make up labels.
        var path: String
        var status: Int
    }

    private struct Counts {
        var requests: [Outcome: Int] = [:]
        var promptTokens = 0
        var cachedTokens = 0
        var completionTokens = 0
        var embeddedTokens = 0
        var running = 0
    }

    private let counts = Mutex(Counts())

    func countRequest(path: String, status: Int) {
        counts.withLock { $0.requests[Outcome(path: path, status: status), default: 0] += 1 }
    }

    func add(_ usage: Usage) {
        counts.withLock {
            $0.promptTokens += usage.promptTokens
            $0.cachedTokens += usage.cachedTokens
            $0.completionTokens += usage.completionTokens
        }
    }

    func addEmbedded(tokens: Int) {
        counts.withLock { $0.embeddedTokens += tokens }
    }

    /// Does something that counts as running meanwhile.
    func running<Value>(_ body: () async throws -> Value) async rethrows -> Value {
        counts.withLock { $0.running += 1 }
        defer { counts.withLock { $0.running -= 1 } }
        return try await body()
    }

    /// All of it in Prometheus' text format, version 0.0.4.
    var text: String {
        let counts = counts.withLock { $0 }
        var text = """
            # HELP squire_http_requests_total Requests answered, by path and status.
            # TYPE squire_http_requests_total counter

            """
        for (outcome, count) in counts.requests.sorted(by: {
            ($0.key.path, $0.key.status) < ($1.key.path, $1.key.status)
        }) {
            text +=
                "squire_http_requests_total{path=\"\(outcome.path)\",status=\"\(outcome.status)\"} \(count)\n"
        }
        for (name, type, help, value) in [
            ("prompt_tokens_total", "counter", "Tokens of prompts.", counts.promptTokens),
            (
                "cached_prompt_tokens_total", "counter", "Tokens of prompts that were not computed again.",
                counts.cachedTokens
            ),
            ("completion_tokens_total", "counter", "Tokens generated.", counts.completionTokens),
            ("embedded_tokens_total", "counter", "Tokens of embedded texts.", counts.embeddedTokens),
            ("running_requests", "gauge", "Requests the models are working on.", counts.running),
        ] {
            text += "# HELP squire_\(name) \(help)\n# TYPE squire_\(name) \(type)\nsquire_\(name) \(value)\n"
        }
        return text
    }
}
