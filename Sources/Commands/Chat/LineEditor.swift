import CEditLine
import Dispatch
import Foundation

/// A question on a terminal with editing and history, by libedit: the one owner of its handles.
final class LineEditor: LineSource {
    /// libedit's handles are used on this queue only, where reading may block.
    private let queue = DispatchQueue(label: "squire.line-editor")
    private let historyPath: String
    private let handles: Handles
    private let keyboard = QuietKeyboard { Interruption.interrupt() }
    /// Whether the terminal knows more than text: it is told to mark what is pasted.
    private let isCapable: Bool

    /// - Parameter historyPath: the file that keeps the lines from one chat to the next; need not exist.
    /// - Returns: nil where libedit cannot work with this terminal.
    init?(historyPath: String) {
        Self.useUTF8()
        guard let handles = Handles() else { return nil }
        self.handles = handles
        self.historyPath = historyPath
        isCapable = ProcessInfo.processInfo.environment["TERM"].map { !["", "dumb"].contains($0) } ?? false
        // Missing before the first chat.
        unsafe _ = editline_history_load(handles.history, historyPath)
    }

    func next() async -> String? {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: self.question()) }
        }
    }

    func answering<Result>(_ body: (QuietKeyboard?) async throws -> Result) async rethrows -> Result {
        keyboard.listen()
        defer { keyboard.rest() }
        return try await body(keyboard)
    }

    /// A line, with those after it where it ends in a backslash.
    private func question() -> String? {
        handles.keys.begin(with: keyboard.takeTyped())
        var question = QuestionLines()
        while let line = read(isFirst: question.isEmpty) {
            guard question.add(line) else { continue }
            keep(question.text)
            return question.text
        }
        return question.isEmpty ? nil : question.text
    }

    private func read(isFirst: Bool) -> String? {
        handles.useFirstPrompt(isFirst)
        if isCapable { write("\u{1B}[?2004h") }
        defer { if isCapable { write("\u{1B}[?2004l") } }
        var count: CInt = 0
        unsafe el_resize(handles.editor)
        guard let bytes = unsafe el_gets(handles.editor, &count), count > 0 else {
            // Control-D leaves the cursor behind the prompt.
            write("\n")
            return nil
        }
        return unsafe String(cString: bytes).trimmingCharacters(in: .newlines)
    }

    private func keep(_ question: String) {
        guard !question.allSatisfy(\.isWhitespace) else { return }
        let line = question.replacing("\n", with: String(Character(PasteFilter.lineEnd)))
        unsafe _ = editline_history_enter(handles.history, line)
        // At once, so that a chat that is killed keeps it. A history that cannot be written is no reason to stop.
        unsafe _ = editline_history_save(handles.history, historyPath)
    }

    private func write(_ text: String) {
        // What libedit has written waits in its stream; both must come in order.
        fflush(nil)
        OutputFailure.write(text, to: STDOUT_FILENO, isResult: false)
    }

    /// libedit reads characters in the locale's encoding.
    private static func useUTF8() {
        unsafe setlocale(LC_CTYPE, "")
        if unsafe String(cString: nl_langinfo(CInt(CODESET))) != "UTF-8" { unsafe setlocale(LC_CTYPE, "C.UTF-8") }
    }

    /// An editor with its history, prompts and keys, freed together.
    // Safe to hand over: after `init` only `LineEditor.queue` uses it.
    @safe private final class Handles: @unchecked Sendable {
        let editor: OpaquePointer
        let history: OpaquePointer
        let keys = KeyReader()
        private let client: UnsafeMutablePointer<editline_client>
        private let prompts: (first: UnsafeMutablePointer<CChar>, more: UnsafeMutablePointer<CChar>)

        init?() {
            guard let editor = unsafe editline_make("squire") else { return nil }
            guard let history = unsafe history_init() else {
                unsafe el_end(editor)
                return nil
            }
            guard let first = unsafe strdup("> "), let more = unsafe strdup("… ") else {
                unsafe history_end(history)
                unsafe el_end(editor)
                return nil
            }
            unsafe self.editor = editor
            unsafe self.history = history
            unsafe prompts = (first, more)
            unsafe client = UnsafeMutablePointer<editline_client>.allocate(capacity: 1)
            // Unretained: `keys` lives as long as this object, and the editor no longer.
            unsafe client.initialize(
                to: editline_client(prompt: first, context: Unmanaged.passUnretained(keys).toOpaque()) {
                    context, next in
                    guard let context = unsafe context, let next = unsafe next,
                        let key = unsafe Unmanaged<KeyReader>.fromOpaque(context).takeUnretainedValue().next()
                    else { return 0 }
                    unsafe next.pointee = wchar_t(key.value)
                    return 1
                })
            unsafe editline_set_keys(editor)
            unsafe editline_set_client(editor, client)
            unsafe _ = editline_history_set_size(history, 1000)
            unsafe editline_set_history(editor, history)
        }

        func useFirstPrompt(_ isFirst: Bool) {
            unsafe client.pointee.prompt = isFirst ? prompts.first : prompts.more
        }

        deinit {
            unsafe el_end(editor)
            unsafe history_end(history)
            unsafe client.deallocate()
            unsafe free(prompts.first)
            unsafe free(prompts.more)
        }
    }
}
