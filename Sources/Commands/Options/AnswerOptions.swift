import ArgumentParser
import Core
import SquireProtocol

/// How an answer is made: the options that `ask` and `chat` share.
struct AnswerOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Continue this conversation.", valueName: "id"))
    var conversation: String?

    @Flag(name: [.customShort("c"), .customLong("continue")], help: "Continue the newest conversation.")
    var continuesNewest = false

    @Option(help: ArgumentHelp("Use only these plugins, separated by commas.", valueName: "names"))
    var plugins: String?

    @Flag(help: "Use no plugins.")
    var noPlugins = false

    @Option(
        help: ArgumentHelp(
            "Look for answers in these collections of documents, separated by commas.", valueName: "names"))
    var collections: String?

    @Flag(help: "Search no documents.")
    var noDocs = false

    @Option(help: ArgumentHelp("The most plugin calls for one answer.", valueName: "n"))
    var maxSteps: Int?

    @Flag(help: "Show on standard error where each sentence comes from: a plugin, a document or the model alone.")
    var sources = false

    @Option(help: ArgumentHelp("Who the assistant is and how it speaks.", valueName: "text"))
    var persona: String?

    @OptionGroup(title: "Sampling options")
    var sampling: SamplingOptions

    func validate() throws {
        if conversation != nil, continuesNewest {
            throw ValidationError("Give either --conversation or --continue, not both.")
        }
        if plugins != nil, noPlugins {
            throw ValidationError("Give either --plugins or --no-plugins, not both.")
        }
        if collections != nil, noDocs {
            throw ValidationError("Give either --collections or --no-docs, not both.")
        }
        if let maxSteps, maxSteps < 0 {
            throw ValidationError("--max-steps must be 0 or more.")
        }
    }

    /// Nil where nothing was said, and the daemon decides.
    var selection: WireNameSelection? {
        if noPlugins { return .named([]) }
        return plugins.map(WireNameSelection.init(list:))
    }

    /// Nil where nothing was said, and the daemon decides.
    private var collectionSelection: WireNameSelection? {
        if noDocs { return .named([]) }
        return collections.map(WireNameSelection.init(list:))
    }

    /// The parameters of a question.
    func parameters(
        message: String, conversation: String?, plugins: WireNameSelection?, trace: Bool? = nil
    ) -> AssistantAsk.Parameters {
        AssistantAsk.Parameters(
            message: message, conversation: conversation, persona: persona, plugins: plugins,
            collections: collectionSelection, sampling: sampling.sampling, maxSteps: maxSteps,
            trace: trace, timeZone: ClientTimeZone.name)
    }
}

extension WireNameSelection {
    /// Reads `auto`, `none`, or names separated by commas.
    init(list: String) {
        switch list {
        case "auto": self = .auto
        case "none": self = .named([])
        default:
            self = .named(
                list.split(separator: ",").map { $0.trimmingPrefix(" ") }.filter { !$0.isEmpty }.map(String.init))
        }
    }
}

/// How the next token is chosen.
struct SamplingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("0 always takes the likeliest word; 1 is the model's own distribution.", valueName: "number")
    )
    var temperature: Double?

    @Option(help: ArgumentHelp("Keep the n likeliest tokens; 0 keeps all.", valueName: "n"))
    var topK: Int?

    @Option(help: ArgumentHelp("Keep the likeliest tokens that together reach this probability.", valueName: "0…1"))
    var topP: Double?

    @Option(help: ArgumentHelp("Keep tokens at least so likely, relative to the likeliest.", valueName: "0…1"))
    var minP: Double?

    @Option(help: ArgumentHelp("Make recent tokens less likely; 1 has no effect.", valueName: "number"))
    var repeatPenalty: Double?

    @Option(help: ArgumentHelp("Make the same answer again from the same question.", valueName: "n"))
    var seed: UInt32?

    @Option(help: ArgumentHelp("The longest answer, in tokens.", valueName: "n"))
    var maxTokens: Int?

    /// Nil where no option was given.
    var sampling: WireSampling? {
        let sampling = WireSampling(
            temperature: temperature, topK: topK, topP: topP, minP: minP, repeatPenalty: repeatPenalty, seed: seed,
            maxTokens: maxTokens)
        return sampling == WireSampling() ? nil : sampling
    }
}
