import Foundation

/// What reading one document may cost.
///
/// A few lines can stand for very much: aliases of aliases, references to references. All that is followed is counted
/// against these bounds, and what goes beyond them ends in an error or a warning that names the place.
struct ReadingBudget: Sendable {
    /// The most bytes of a document.
    static let bytes = 16 << 20
    /// How deep lists and objects may stand in each other.
    static let depth = 512
    /// The most values of a document, aliases followed.
    static let values = 1_000_000
    /// The most operations of a document.
    static let operations = 10_000
    /// The most arguments of an operation; one with more is left out.
    static let arguments = 1000
    /// The most parts of one schema, its references followed; the rest takes any value.
    static let schemaParts = 5000
    /// How deep schemas may stand in each other, references followed; what is deeper takes any value.
    static let schemaDepth = 64
    /// The most parts of all the schemas of a document. After them, `schemaPartsLate` are followed of each.
    static let allSchemaParts = 250_000
    static let schemaPartsLate = 50
    /// The most parts of all schemas whatever: the document is refused.
    static let mostSchemaParts = 1_500_000
    /// Of the thread that reads.
    static let processorSeconds = 10.0

    private let start = Self.threadSeconds()
    private var count = 0

    /// To be called again and again while a document is read.
    ///
    /// - Throws: `manifestInvalid` where the processor time is used up; `CancellationError`.
    mutating func check(_ place: @autoclosure () -> DocumentPlace) throws {
        count &+= 1
        guard count & 255 == 0 else { return }
        try Task.checkCancellation()
        guard Self.threadSeconds() - start < Self.processorSeconds else {
            throw PluginError(
                .manifestInvalid,
                "\(place()): reading the document took \(Int(Self.processorSeconds)) s of processor time and was ended here; register a part of it"
            )
        }
    }

    /// The processor time of this thread. Reading does not wait for anything, and so stays on one.
    private static func threadSeconds() -> Double {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
