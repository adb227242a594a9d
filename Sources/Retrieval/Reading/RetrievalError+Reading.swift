extension RetrievalError {
    static func notText(_ name: String, as kind: String) -> RetrievalError {
        RetrievalError(
            .unsupported,
            "\(name) cannot be read as \(kind): its bytes are not text in a known encoding; if it is text, convert it first (`iconv -f ENCODING -t UTF-8`)"
        )
    }

    static func empty(_ name: String, _ reason: String = "there is no text in it") -> RetrievalError {
        RetrievalError(.empty, "\(name) was not added: \(reason)")
    }

    static func damaged(_ name: String, as kind: String, _ reason: String) -> RetrievalError {
        RetrievalError(.damaged, "\(name) cannot be read as \(kind): \(reason)")
    }
}
