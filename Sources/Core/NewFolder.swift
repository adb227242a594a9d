import Foundation

/// A folder that was not there before, for this user alone.
package enum NewFolder {
    /// - Parameter beginning: of its path, which mkdtemp(3) completes with six characters.
    /// - Returns: its path; nil where it cannot be made, for the reason in `errno`.
    package static func make(_ beginning: String) -> String? {
        var template = Array("\(beginning)XXXXXX".utf8CString)
        return unsafe template.withUnsafeMutableBufferPointer { buffer in
            // Never empty, and what it returns is the buffer.
            unsafe mkdtemp(buffer.baseAddress!).map { unsafe String(cString: $0) }
        }
    }
}
