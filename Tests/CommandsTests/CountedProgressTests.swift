import Core
import Foundation
import SquireProtocol
import Synchronization
import Testing

@testable import Commands

@Suite struct CountedProgressTests {
    private func event(_ done: Int?, _ total: Int?, _ text: String? = nil) -> AssistantEvent.Parameters {
        AssistantEvent.Parameters(request: 1, type: .progress, text: text, done: done, total: total)
    }

    /// Shows events at these times, and says what stood on the line after each.
    private func lines(_ events: [(Double, AssistantEvent.Parameters)], width: Int = 100, isTerminal: Bool = true)
        -> [String]
    {
        let captured = Captured(isTerminal: isTerminal)
        let time = Mutex(0.0)
        let progress = CountedProgress(console: captured.console(width: width), unit: "documents") {
            .seconds(time.withLock { $0 })
        }
        for (seconds, event) in events {
            time.withLock { $0 = seconds }
            progress.receive(event)
        }
        progress.finish()
        progress.receive(event(1, 1))
        return captured.err.components(separatedBy: "\r\u{1B}[2K")
    }

    @Test func `one line shows a bar, how many are done, how fast, how long yet, and what is read`() {
        #expect(
            lines([
                (0, event(0, 400, "/n/a.md")), (0.01, event(1, 400)), (2, event(100, 400, "/n/b.md")),
                (4, event(150, nil, "/n/c.md")), (5, event(nil, nil, "Closing")),
            ]) == [
                "", "░░░░░░░░░░░░░░░░░░░░  0/400  /n/a.md",
                "█████░░░░░░░░░░░░░░░  100/400  50 documents/s  6 s left  /n/b.md",
                "150  38 documents/s  /n/c.md", "Closing", "",
            ])
    }

    @Test func `the line is never wider than the terminal, nor has what moves the cursor`() {
        let shown = lines([(0, event(3, 10, "/日本語/\u{1B}[2J文書文書文書文書"))], width: 50)
        #expect(shown == ["", "██████░░░░░░░░░░░░░░  3/10  /日本語/[2J文書文書…", ""])
        #expect(Columns.width(of: shown[1]) <= 49)
    }

    @Test func `where there is no terminal nothing is shown`() {
        #expect(lines([(0, event(1, 2)), (1, event(2, 2))], isTerminal: false) == [""])
    }

    @Test func `the pace is that of the last seconds`() {
        var pace = Pace()
        pace.note(done: 0, at: .zero)
        #expect(pace.perSecond == nil)
        for second in 1...100 { pace.note(done: second * 10, at: .seconds(second)) }
        for second in 1...20 { pace.note(done: 1000 + second, at: .seconds(100 + second)) }
        #expect(pace.perSecond.map { ($0 * 10).rounded() } == 10)
        #expect(pace.secondsLeft(of: 1030).map { $0.rounded() } == 10)
        #expect(pace.secondsLeft(of: 1020) == nil)
    }
}
