import Evaluation

/// How measurements are shown.
enum EvalText {
    static func table(_ report: EvaluationReport, _ console: Console) -> String {
        let rows = report.rows.map { row in
            [
                row.suite, row.measure, value(row.value, row.kind),
                "\(value(row.low, row.kind)) to \(value(row.high, row.kind))", "\(row.cases)",
                Format.decimal(row.secondsPerCase, places: 3),
            ]
        }
        return console.outStyle.strong(report.model) + " with \(report.embeddingModel)\n"
            + Table(
                header: ["SUITE", "MEASURE", "VALUE", "95 % INTERVAL", "CASES", "S/CASE"], rows: rows,
                rightAligned: [2, 3, 4, 5]
            ).text(width: console.outWidth, style: console.outStyle)
    }

    static func failures(_ failures: [EvaluationReport.Failure], _ console: Console) -> String {
        failures.map { failure in
            "\n" + console.outStyle.strong("\(failure.suite) \(failure.id)")
                + "\n  asked   \(PlainText.line(failure.question))"
                + "\n  wanted  \(PlainText.line(failure.wanted))\n  came    \(PlainText.line(failure.came))\n"
        }.joined()
    }

    private static func value(_ value: Double, _ kind: Measure.Kind) -> String {
        kind == .rate ? "\(Format.decimal(100 * value, places: 1)) %" : Format.decimal(value, places: 3)
    }
}
