import Foundation

/// Where a command writes.
struct Console: Sendable {
    var isOutTerminal: Bool
    var isErrTerminal: Bool
    /// The terminal's columns, as far as known.
    var width: Int
    /// The columns that a result may take; nil where it goes to a file or a program, which is given all of it.
    var outWidth: Int? { isOutTerminal ? width : nil }
    var outStyle: Style
    var errStyle: Style
    private let writeOut: @Sendable (String) -> Void
    private let writeErr: @Sendable (String) -> Void
    private let measure: (@Sendable () -> Int?)?

    init(
        isOutTerminal: Bool = false, isErrTerminal: Bool = false, width: Int = 80, usesColour: Bool = false,
        out: @escaping @Sendable (String) -> Void, err: @escaping @Sendable (String) -> Void,
        measure: (@Sendable () -> Int?)? = nil
    ) {
        self.isOutTerminal = isOutTerminal
        self.isErrTerminal = isErrTerminal
        self.width = width
        outStyle = Style(isOn: usesColour && isOutTerminal)
        errStyle = Style(isOn: usesColour && isErrTerminal)
        writeOut = out
        writeErr = err
        self.measure = measure
    }

    /// Standard output and standard error. Colours only on a terminal, and never with `NO_COLOR` (no-color.org).
    static var standard: Console {
        let environment = ProcessInfo.processInfo.environment
        return Console(
            isOutTerminal: isatty(STDOUT_FILENO) == 1,
            isErrTerminal: isatty(STDERR_FILENO) == 1,
            width: environment["COLUMNS"].flatMap(Int.init) ?? terminalWidth() ?? 80,
            usesColour: (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb",
            out: { OutputFailure.write($0, to: STDOUT_FILENO, isResult: true) },
            err: { OutputFailure.write($0, to: STDERR_FILENO, isResult: false) },
            measure: { environment["COLUMNS"].flatMap(Int.init) ?? terminalWidth() })
    }

    /// The same console with the width that its terminal has now.
    var measured: Console {
        var console = self
        if let width = measure?() { console.width = width }
        return console
    }

    /// Writes the command's result.
    func out(_ text: String) { writeOut(TerminalOutput.safe(text, isTerminal: isOutTerminal)) }

    /// Writes what is said about it: progress, what was done, errors.
    func err(_ text: String) { writeErr(TerminalOutput.safe(text, isTerminal: isErrTerminal)) }

    private static func terminalWidth() -> Int? {
        var size = winsize()
        let request = UInt(TIOCGWINSZ)
        for descriptor in [STDOUT_FILENO, STDERR_FILENO] where unsafe ioctl(descriptor, request, &size) == 0 {
            if size.ws_col > 0 { return Int(size.ws_col) }
        }
        return nil
    }
}

/// Colours of a terminal (ECMA-48), or none.
struct Style: Sendable {
    var isOn: Bool

    static let (strongOn, emphasisOn, codeOn, off) = ("\u{1B}[1m", "\u{1B}[3m", "\u{1B}[36m", "\u{1B}[0m")

    func strong(_ text: String) -> String { wrap(text, "1") }
    func quiet(_ text: String) -> String { wrap(text, "2") }
    func code(_ text: String) -> String { wrap(text, "36") }
    func success(_ text: String) -> String { wrap(text, "32") }
    func failure(_ text: String) -> String { wrap(text, "31") }

    private func wrap(_ text: String, _ code: String) -> String {
        isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
