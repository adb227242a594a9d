import Core

/// What a sentence rests on as the column `support` has it, in a JSON array.
struct StoredSupport: Codable {
    var text: String
    /// The raw value of `Support.Origin`.
    var from: String
    var number: Int?

    init(_ support: Support) {
        text = support.text
        from = support.from.rawValue
        number = support.number
    }

    /// - Throws: `damaged` where the origin is unknown.
    var support: Support {
        get throws {
            guard let origin = Support.Origin(rawValue: from) else {
                throw StoreError(.damaged, "a sentence has an unknown origin, \"\(from)\"")
            }
            return Support(text: text, from: origin, number: number)
        }
    }
}
