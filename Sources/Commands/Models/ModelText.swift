import SquireProtocol

/// How models are shown.
enum ModelText {
    static func list(_ models: [ModelSummary], _ console: Console) -> String {
        guard !models.isEmpty else { return "There are no models. The configuration names the file to load.\n" }
        let rows = models.map { model in
            [model.name, Format.bytes(model.bytes), model.loadedFor?.rawValue ?? "-", model.path]
        }
        return Table(header: ["NAME", "SIZE", "LOADED FOR", "FILE"], rows: rows, rightAligned: [1])
            .text(width: console.outWidth, style: console.outStyle)
    }

    static func tuning(_ result: ModelTune.Result, _ console: Console) -> String {
        let summary = "\(result.model): \(result.summary).\n"
        guard !result.trials.isEmpty else { return summary }
        let rows = result.trials.map { trial in
            [
                trial.isChosen ? "*" : "", trial.format, trial.settings, "\(Int(trial.promptSpeed.rounded()))",
                "\(Int(trial.generationSpeed.rounded()))", "\(Int(trial.eightSpeed.rounded()))",
                Format.decimal(trial.perplexity, places: 2) + (trial.isGoodEnough ? "" : " (too high)"),
            ]
        }
        return Table(
            header: ["", "WEIGHTS", "SETTINGS", "PROMPT", "ONE", "EIGHT", "PERPLEXITY"], rows: rows,
            rightAligned: [3, 4, 5]
        ).text(width: console.outWidth, style: console.outStyle) + "Speeds are tokens a second.\n" + summary
    }

    static func info(_ model: ModelInfo.Result, _ console: Console) -> String {
        Fields(fields: [
            ("Name", model.name),
            ("File", model.path),
            ("Size", Format.bytes(model.bytes)),
            ("Description", model.description),
            ("Architecture", model.architecture),
            ("Parameters", Format.count(model.parameters)),
            ("Vocabulary", "\(Format.count(model.vocabularySize)) tokens"),
            ("Context", "\(model.context) tokens (trained for \(model.trainedContext))"),
            ("Layers", "\(model.layers), \(model.embeddingSize) wide"),
            ("Template", model.chatTemplate == nil ? "none in the file" : "in the file; --json shows it"),
        ]).text(style: console.outStyle)
    }
}
