extension ConverterProgram {
    /// Runs it for a document, and says what went wrong in the document's terms.
    ///
    /// - Parameters:
    ///   - document: the path of what it reads.
    ///   - name: of the document, in messages.
    ///   - kind: what it is read as.
    /// - Throws: `unsupported` where the program is missing, `tooLarge`, `damaged` where it takes too long.
    func run(
        _ arguments: [String], reading document: String, for name: String, as kind: String, limits: ReadLimits,
        outputLimit: Int? = nil,
        within time: Duration? = nil
    ) async throws -> Output {
        do {
            return try await run(
                arguments, reading: document, outputLimit: outputLimit ?? limits.unpackedBytes,
                within: time ?? limits.converterTime)
        } catch Failure.missing {
            throw RetrievalError(
                .unsupported,
                "\(name) cannot be read as \(kind), since there is no program \(self.name); install \(package) (`apt install \(package)`) and add it again"
            )
        } catch Failure.tooMuchOutput {
            throw RetrievalError(
                .tooLarge,
                "\(name) unpacks to more than \(limits.unpackedBytes >> 20) MiB, as zip bombs do; if it is no bomb, split it and add the parts"
            )
        } catch Failure.tooSlow {
            throw RetrievalError(
                .damaged,
                "\(name) cannot be read as \(kind): \(self.name) did not finish within \(Int(limits.converterTime / .seconds(1))) s; split it, or convert it to text and add that"
            )
        } catch let error as CancellationError {
            throw error
        } catch let error as RetrievalError {
            throw error
        } catch {
            throw RetrievalError(
                .unreadable, "\(name) cannot be read as \(kind): \(self.name) did not run: \(error)", cause: error)
        }
    }
}
