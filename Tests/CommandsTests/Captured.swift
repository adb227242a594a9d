import Synchronization

@testable import Commands

/// A console whose output is kept.
final class Captured: Sendable {
    private let texts = Mutex((out: "", err: ""))
    let isTerminal: Bool

    init(isTerminal: Bool = false) {
        self.isTerminal = isTerminal
    }

    var out: String { texts.withLock { $0.out } }
    var err: String { texts.withLock { $0.err } }

    var console: Console {
        Console(
            isOutTerminal: isTerminal, isErrTerminal: isTerminal, width: 60, usesColour: false,
            out: { text in self.texts.withLock { $0.out += text } },
            err: { text in self.texts.withLock { $0.err += text } })
    }
}

extension Captured {
    func console(width: Int) -> Console {
        var console = console
        console.width = width
        return console
    }
}
