import Core
import SquireProtocol

/// One plugin call on one line: `→ almanac.worldTime city=Tokyo … 12 ms`.
enum StepLine {
    /// - Parameter step: a finished call, or one that still runs, which ends in `…`.
    static func text(_ step: WireStep, style: Style) -> String {
        let call = call(step)
        let time = step.seconds.map { " " + Format.seconds($0) } ?? ""
        return switch step.status {
        case nil: style.quiet("→ \(call) …")
        case .ok: style.quiet("→ \(call) …\(time)")
        case .error: style.failure("✗ ") + style.quiet("\(call) …\(time): \(reason(step))")
        case .denied: style.failure("✗ ") + style.quiet("\(call) … denied")
        }
    }

    private static func call(_ step: WireStep) -> String {
        let arguments = (step.arguments.object ?? [:]).map { name, value in
            "\(PlainText.line(name))=\(argument(value))"
        }
        return (["\(PlainText.line(step.plugin)).\(PlainText.line(step.operation))"] + arguments).joined(separator: " ")
    }

    private static func argument(_ value: JSONValue) -> String {
        let bare = value.string.flatMap { $0.isEmpty || $0.contains(where: \.isWhitespace) ? nil : $0 }
        return PlainText.line(bare ?? value.text, limit: 60)
    }

    private static func reason(_ step: WireStep) -> String {
        PlainText.line(step.error ?? "it failed", limit: 300)
    }
}
