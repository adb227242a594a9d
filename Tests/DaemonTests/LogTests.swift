import Foundation
import Logging
import Testing

@testable import Daemon

/// What others wrote, where the daemon logs it.
@Suite(.timeLimit(.minutes(2)))
struct LogTests {
    @Test func `what others wrote stands on one line of the log, with nothing that speaks to a terminal`() async throws
    {
        try await withHome { home in
            try await SquiredProcess.withDaemon(home: home, settings: ["SQUIRE_LOG_LEVEL": "debug"]) { daemon in
                let socket = try RawSocket(connectingTo: daemon.socket)
                try socket.send(#"{"jsonrpc":"2.0","id":1,"method":"x\u001b[31m\nfake: a line\u009b2J\r\u202e"}"#)
                _ = try socket.read(until: #""error""#)
                try await eventually { daemon.log.contains("fake: a line") }
                let log = daemon.log
                #expect(!log.split(separator: "\n").contains { $0.hasPrefix("fake") })
                #expect(
                    log.unicodeScalars.allSatisfy {
                        ($0.value >= 0x20 || $0 == "\n") && !(0x7f...0x9f).contains($0.value)
                            && !(0x202a...0x202e).contains($0.value)
                    })
            }
        }
    }

    @Test func `so does what stands in lists and dictionaries`() {
        let value: Logger.Metadata.Value = ["title": ["a\u{1B}[2J", "b\nc"]]
        #expect(PlainLogHandler.plain(value) == ["title": ["a\\u{1b}[2J", "b\\nc"]])
    }
}
