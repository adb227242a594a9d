import Core
import SquireProtocol

/// What a line of a chat asks for.
enum ChatInstruction: Hashable {
    case ask(String)
    case nothing
    case help
    case new
    case quit
    /// Show the choice of plugins.
    case showPlugins
    case choosePlugins(WireNameSelection)
    /// Why it is none.
    case refused(String)

    /// Reads a line. One that begins with `/` is an instruction; `//` begins a question with `/`. What leaves other programs
    /// leaves this one.
    init(line: String) {
        guard let begin = line.firstIndex(where: { !$0.isWhitespace }) else {
            self = .nothing
            return
        }
        let text = line[begin...]
        let words = text.split(whereSeparator: \.isWhitespace)
        guard text.hasPrefix("/") else {
            self = words.count == 1 && Self.leaving.contains(words[0].lowercased()) ? .quit : .ask(String(text))
            return
        }
        guard !text.hasPrefix("//") else {
            self = .ask(String(text.dropFirst()))
            return
        }
        let (name, rest) = (String(words[0]), words.dropFirst())
        switch name {
        case "/plugins" where rest.isEmpty: self = .showPlugins
        case "/plugins": self = .choosePlugins(WireNameSelection(list: rest.joined(separator: ",")))
        case _ where Self.plain[name] != nil && !rest.isEmpty:
            self = .refused("\(name) stands alone, without \"\(rest.joined(separator: " "))\".")
        case _ where Self.plain[name] != nil: self = Self.plain[name] ?? .nothing
        default:
            let meant = Spelling.nearest(to: name, among: Self.names).map { " Did you mean \($0)?" } ?? ""
            self = .refused(
                "There is no \(name).\(meant) There are \(Self.names.joined(separator: ", ")); // begins a question with /."
            )
        }
    }

    private static let leaving: Set = ["exit", "quit", ":q", ":quit", ":wq"]
    private static let plain: [String: ChatInstruction] = [
        "/help": .help, "/?": .help, "/new": .new, "/quit": .quit, "/exit": .quit,
    ]
    private static let names = ["/help", "/plugins", "/new", "/quit"]

    static let explanation = """
        /plugins             which plugins answers may use
        /plugins a, b        use only these; "auto" for all that are enabled, "none" for none
        /new                 begin a new conversation
        /quit                leave, as exit, quit, :q and Control-D do
        //…                  ask a question that begins with a /

        A line that ends in \\ goes on with the next, Alt-Enter begins another line, and what is pasted is one
        question. Control-C or Control-D stops the answer that is being made; what is typed meanwhile waits for the
        next prompt. The arrow keys bring back earlier questions.

        """
}
