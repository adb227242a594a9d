import ArgumentParser
import SquireClient
import SquireProtocol

extension ModelCommand {
    struct Tune: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Measure how the chat model runs best on this machine, and keep it.",
            discussion: """
                Tries threads, batch sizes, attention, the type of the cache and the format of the weights, which may \
                raise the perplexity by one hundredth at most. The model's own file stays as it is. Takes a few \
                minutes, and holds from the daemon's next start on.
                """)

        @Flag(help: "Forget what was chosen, and run the model as before.")
        var undo = false

        @OptionGroup
        var common: CommonOptions

        func run() async throws {
            let console = common.console
            let result = try await common.withClient { client in
                try await client.call(ModelTune.self, .init(undo: undo ? true : nil)) { event in
                    guard console.isErrTerminal, event.type == .progress, let text = event.text else { return }
                    // One line, written over by the next.
                    console.err("\r\u{1B}[K" + console.errStyle.quiet(text))
                }
            }
            if console.isErrTerminal, !undo { console.err("\r\u{1B}[K") }
            try common.report(result) { ModelText.tuning(result, console) }
        }
    }
}
