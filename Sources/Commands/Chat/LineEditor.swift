import CEditLine
import Dispatch
import Foundation

/// A line on a terminal with editing and history, by libedit: the one owner of its handles.
final class LineEditor: LineSource {
    /// libedit's handles are used on this queue only, where reading may block.
    private let queue = DispatchQueue(label: "squire.line-editor")
    private let historyPath: String
    private let handles: Handles

    /// - Parameters:
    ///   - prompt: what stands before the line.
    ///   - historyPath: the file that keeps the lines from one chat to the next; need not exist.
    /// - Returns: nil where libedit cannot work with this terminal.
    init?(prompt: String, historyPath: String) {
        Self.useUTF8()
        guard let handles = Handles(prompt: prompt) else { return nil }
        self.handles = handles
        self.historyPath = historyPath
        // Missing before the first chat.
        unsafe _ = editline_history_load(handles.history, historyPath)
    }

    func next() async -> String? {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: self.read()) }
        }
    }

    private func read() -> String? {
        var count: CInt = 0
        guard let bytes = unsafe el_gets(handles.editor, &count), count > 0 else {
            // Control-D leaves the cursor behind the prompt.
            print()
            return nil
        }
        let line = unsafe String(cString: bytes).trimmingCharacters(in: .newlines)
        if !line.allSatisfy(\.isWhitespace) {
            unsafe _ = editline_history_enter(handles.history, line)
            // At once, so that a chat that is killed keeps it. A history that cannot be written is no reason to stop.
            unsafe _ = editline_history_save(handles.history, historyPath)
        }
        return line
    }

    /// libedit reads characters in the locale's encoding.
    private static func useUTF8() {
        unsafe setlocale(LC_CTYPE, "")
        if unsafe String(cString: nl_langinfo(CInt(CODESET))) != "UTF-8" { unsafe setlocale(LC_CTYPE, "C.UTF-8") }
    }

    /// An editor with its history and prompt, freed together.
    // Safe to hand over: after `init` only `LineEditor.queue` uses it.
    @safe private final class Handles: @unchecked Sendable {
        let editor: OpaquePointer
        let history: OpaquePointer
        private let prompt: UnsafeMutablePointer<CChar>

        init?(prompt text: String) {
            guard let editor = unsafe editline_make("squire") else { return nil }
            guard let history = unsafe history_init() else {
                unsafe el_end(editor)
                return nil
            }
            guard let prompt = unsafe strdup(text) else {
                unsafe history_end(history)
                unsafe el_end(editor)
                return nil
            }
            unsafe self.editor = editor
            unsafe self.history = history
            unsafe self.prompt = prompt
            unsafe editline_set_keys(editor)
            unsafe editline_set_prompt(editor, prompt)
            unsafe _ = editline_history_set_size(history, 1000)
            unsafe editline_set_history(editor, history)
        }

        deinit {
            unsafe el_end(editor)
            unsafe history_end(history)
            unsafe free(prompt)
        }
    }
}
