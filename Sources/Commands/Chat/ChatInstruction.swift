import Core

/// What a line of a chat asks for.
enum ChatInstruction: Hashable {
    case ask(String)
    case nothing
    case help
    case new
    case quit
    /// Show the choice of plugins.
    case showPlugins
    case choosePlugins(NameSelection)
    case unknown(String)

    /// Reads a line. One that begins with `/` is an instruction; `//` begins a question with `/`.
    init(line: String) {
        guard let begin = line.firstIndex(where: { !$0.isWhitespace }) else {
            self = .nothing
            return
        }
        let text = line[begin...]
        guard text.hasPrefix("/") else {
            self = .ask(String(text))
            return
        }
        guard !text.hasPrefix("//") else {
            self = .ask(String(text.dropFirst()))
            return
        }
        let words = text.split(whereSeparator: \.isWhitespace)
        switch words[0] {
        case "/help", "/?": self = .help
        case "/new": self = .new
        case "/quit", "/exit": self = .quit
        case "/plugins" where words.count == 1: self = .showPlugins
        case "/plugins": self = .choosePlugins(NameSelection(list: words.dropFirst().joined(separator: ",")))
        default: self = .unknown(String(words[0]))
        }
    }

    static let explanation = """
        /plugins             which plugins answers may use
        /plugins a, b        use only these; "auto" for all that are enabled, "none" for none
        /new                 begin a new conversation
        /quit                leave, as Control-D does
        //…                  ask a question that begins with a /

        Control-C stops the answer that is being made. The arrow keys bring back earlier lines.

        """
}
