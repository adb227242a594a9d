import Core
import SquireClient
import SquireProtocol

/// A conversation at the terminal, question by question.
struct Chat {
    let launcher: DaemonLauncher
    let console: Console
    let input: any LineSource
    let options: AnswerOptions
    /// Whether nothing is shown of the answers, because they are printed as JSON when the chat has ended.
    let isSilent: Bool
    private(set) var report = ChatReport()
    private var conversation: String?
    private var plugins: WireNameSelection?

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

    /// Runs until the input ends or the user leaves.
    ///
    /// - Throws: what keeps a chat from beginning; later errors are shown and the chat goes on.
    mutating func run() async throws {
        let options = options
        conversation = try await launcher.withClient { try await options.conversation($0) }
        try await showEarlier()
        while let line = await input.next() {
            switch ChatInstruction(line: line) {
            case .nothing: break
            case .quit: return
            case .help: console.err(ChatInstruction.explanation)
            case .new:
                conversation = nil
                console.err("A new conversation begins with your next question.\n")
            case .showPlugins: await showPlugins()
            case .choosePlugins(let selection): await choose(selection)
            case .refused(let reason): console.err(PlainText.line(reason) + "\n")
            case .ask(let question): await ask(question)
            }
        }
    }

    /// Messages of a conversation that is continued that are shown.
    private static let mostEarlier = 10

    /// Shows what was said last in the conversation that is continued. Not where a program reads: it asked for answers.
    private mutating func showEarlier() async throws {
        guard let id = conversation, !isSilent, console.isOutTerminal else { return }
        let earlier = try await launcher.withClient { try await $0.call(ConversationGet.self, .init(conversation: id)) }
        conversation = earlier.conversation.id
        console.out(ConversationText.end(of: earlier, most: Self.mostEarlier, console.measured) + "\n")
    }

    /// Each question has a connection of its own, so that a daemon that was restarted meanwhile does not matter.
    private mutating func ask(_ question: String) async {
        let parameters = options.parameters(message: question, conversation: conversation, plugins: plugins)
        do {
            let (launcher, console, isSilent, sources) = (launcher, console.measured, isSilent, options.sources)
            let result = try await input.answering { keyboard in
                try await Interruption.cancelling {
                    try await launcher.withClient {
                        try await Asker(
                            client: $0, console: console, isSilent: isSilent, showsSources: sources, keyboard: keyboard
                        ).ask(parameters)
                    }
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

    /// Takes a choice of plugins, if they are there.
    private mutating func choose(_ selection: WireNameSelection) async {
        if case .named(let names) = selection, !names.isEmpty {
            do {
                let known = try await launcher.withClient { try await $0.call(PluginList.self).plugins }.map(\.name)
                if let unknown = names.first(where: { !known.contains($0) }) {
                    console.err(Self.refusal(of: unknown, known: known) + "\n")
                    return
                }
            } catch {
                show(error)
                return
            }
        }
        plugins = selection
        console.err("Answers may use \(describe(selection)).\n")
    }

    private static func refusal(of name: String, known: [String]) -> String {
        let meant = Spelling.nearest(to: name, among: known).map { " Did you mean \(PlainText.line($0))?" } ?? ""
        let there =
            known.isEmpty
            ? "None are registered."
            : "There are: \(known.map { PlainText.line($0) }.joined(separator: ", ")); auto for all, none for none."
        return "There is no plugin \"\(PlainText.line(name))\".\(meant) \(there)"
    }

    private func showPlugins() async {
        console.err("Answers may use \(describe(plugins ?? .auto)).\n")
        do {
            let registered = try await launcher.withClient { try await $0.call(PluginList.self).plugins }
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

    private func describe(_ selection: WireNameSelection) -> String {
        switch selection {
        case .auto: "all plugins that are enabled"
        case .named(let names) where names.isEmpty: "no plugins"
        case .named(let names): names.map { PlainText.line($0) }.joined(separator: ", ")
        }
    }
}
