import Foundation
import SquireProtocol
import Synchronization

/// Shows on a terminal how far counted work has come: one line with a bar, how many are done, how many a second, how long
/// it takes yet, and what is done now.
final class CountedProgress: Sendable {
    private struct State {
        var pace = Pace()
        var done: Int?
        var lastDrawn: Duration?
        var isShown = false
        var isFinished = false
    }

    /// Faster than this nobody reads.
    private static let interval = Duration.milliseconds(100)
    private static let barWidth = 20

    private let console: Console
    /// What is counted: `documents`.
    private let unit: String
    private let now: @Sendable () -> Duration
    /// Written by the connection's thread and, at the end, by the command.
    private let state = Mutex(State())

    /// - Parameters:
    ///   - unit: what is counted, in the plural.
    ///   - now: the time since any fixed moment.
    init(console: Console, unit: String, now: @escaping @Sendable () -> Duration = CountedProgress.uptime) {
        self.console = console
        self.unit = unit
        self.now = now
    }

    @Sendable private static func uptime() -> Duration {
        .seconds(ProcessInfo.processInfo.systemUptime)
    }

    func receive(_ event: AssistantEvent.Parameters) {
        guard event.type == .progress else { return }
        show(event.text, done: event.done, total: event.total)
    }

    /// - Parameters:
    ///   - text: what is done now.
    ///   - done: nil where the work is not counted; `total` where it is not known.
    func show(_ text: String?, done: Int?, total: Int?) {
        guard console.isErrTerminal else { return }
        state.withLock { state in
            guard !state.isFinished else { return }
            let time = now()
            if let done {
                // Another phase of the work begins at nothing again.
                if let before = state.done, done < before { state.pace = Pace() }
                state.pace.note(done: done, at: time)
                state.done = done
            }
            let isLast = done != nil && done == total
            if let last = state.lastDrawn, time - last < Self.interval, !isLast { return }
            state.lastDrawn = time
            state.isShown = true
            console.err("\r\u{1B}[2K" + line(text, done, total, state.pace))
        }
    }

    /// Wipes the line; nothing is shown from then on.
    func finish() {
        state.withLock { state in
            if state.isShown { console.err("\r\u{1B}[2K") }
            state.isShown = false
            state.isFinished = true
        }
    }

    private func line(_ text: String?, _ done: Int?, _ total: Int?, _ pace: Pace) -> String {
        var parts: [String] = []
        if let done {
            if let total, total > 0 { parts.append(Self.bar(done, total)) }
            parts.append(total.map { "\(done)/\(max($0, done))" } ?? "\(done)")
            if let rate = pace.perSecond {
                parts.append(Format.decimal(rate, places: rate < 9.95 ? 1 : 0) + " \(unit)/s")
            }
            if let left = total.flatMap({ pace.secondsLeft(of: $0) }) {
                parts.append((left < 60 ? "\(Int(left.rounded(.up))) s" : Format.seconds(left)) + " left")
            }
        }
        if let text { parts.append(PlainText.line(text)) }
        return console.errStyle.quiet(Columns.cut(parts.joined(separator: "  "), to: console.width - 1))
    }

    private static func bar(_ done: Int, _ total: Int) -> String {
        let filled = min(max(done, 0) * barWidth / total, barWidth)
        return String(repeating: "█", count: filled) + String(repeating: "░", count: barWidth - filled)
    }
}
