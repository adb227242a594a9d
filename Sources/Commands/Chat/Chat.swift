import Core
import SquireClient
import SquireProtocol

/// A conversation at the terminal, line by line.
struct Chat {
    let launcher: DaemonLauncher
    let console: Console
    let input: any LineSource
    let options: AnswerOptions
    /// Whether nothing is shown of the answers, because they are printed as JSON when the chat has ended.
    let isSilent: Bool
    private(set) var report = ChatReport()
    private var conversation: String?
    private var plugins: NameSelection?

    init(
        launcher: DaemonLauncher, console: Console, input: any LineSource, options: AnswerOptions,
        isSilent: Bool = false
    ) {
        self.launcher = launcher
        self.console = console
        self.input = input
        self.options = options
        self.isSilent = isSilent
        plugins = options.selection
    }

    /// Runs until the input ends or `/quit`.
    ///
    /// - Throws: what keeps a chat from beginning; later errors are shown and the chat goes on.
    mutating func run() async throws {
        let options = options
        conversation = try await launcher.withClient { try await options.conversation($0) }
        while let line = await input.next() {
            switch ChatInstruction(line: line) {
            case .nothing: break
            case .quit: return
            case .help: console.err(ChatInstruction.explanation)
            case .new:
                conversation = nil
                console.err("A new conversation begins with your next question.\n")
            case .showPlugins: await showPlugins()
            case .choosePlugins(let selection):
                plugins = selection
                console.err("Answers may use \(describe(selection)).\n")
            case .unknown(let word): console.err("There is no \(PlainText.line(word)); /help says what there is.\n")
            case .ask(let question): await ask(question)
            }
        }
    }

    /// Each question has a connection of its own, so that a daemon that was restarted meanwhile does not matter.
    private mutating func ask(_ question: String) async {
        let parameters = options.parameters(message: question, conversation: conversation, plugins: plugins)
        do {
            let (launcher, console, isSilent) = (launcher, console, isSilent)
            let result = try await Interruption.cancelling {
                try await launcher.withClient {
                    try await Asker(client: $0, console: console, isSilent: isSilent).ask(parameters)
                }
            }
            conversation = result.conversation
            report.answers.append(.given(result))
            if !isSilent, console.isOutTerminal { console.out("\n") }
        } catch {
            report.answers.append(.failed(error))
            if (error as? CommandError)?.code == .interrupted {
                console.err(console.errStyle.quiet("Stopped.") + "\n")
            } else {
                show(error)
            }
        }
    }

    private func showPlugins() async {
        console.err("Answers may use \(describe(plugins ?? .auto)).\n")
        do {
            let registered = try await launcher.withClient { try await $0.plugins() }
            for plugin in registered {
                let state = plugin.enabled ? "" : " (disabled)"
                console.err("  \(PlainText.line(plugin.name))\(state): \(PlainText.line(plugin.title))\n")
            }
        } catch {
            show(error)
        }
    }

    private func show(_ error: any Error) {
        let message = (error as? any SquireError)?.message ?? "\(error)"
        console.err(console.errStyle.failure("squire: ") + PlainText.block(message) + "\n")
    }

    private func describe(_ selection: NameSelection) -> String {
        switch selection {
        case .auto: "all plugins that are enabled"
        case .named(let names) where names.isEmpty: "no plugins"
        case .named(let names): names.map { PlainText.line($0) }.joined(separator: ", ")
        }
    }
}
