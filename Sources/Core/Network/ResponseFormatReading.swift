/// Reads what a server answered in a form other than JSON.
package protocol ResponseFormatReading: Sendable {
    /// What an answer says: pages as their text, XML as objects and lists, tables as a list of rows, other text as it is.
    ///
    /// - Parameters:
    ///   - type: the media type, in lower case, without parameters (`text/html`); nil where the server names none.
    ///   - charset: what the server says of the encoding.
    /// - Returns: nil where the bytes are not what the type says, or of a type that is no text.
    func value(of body: [UInt8], type: String?, charset: String?) -> JSONValue?
}
