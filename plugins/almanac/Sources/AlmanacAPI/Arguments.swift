import Foundation

/// The arguments of one call, as the query brought them.
struct Arguments: Sendable {
    private let values: [String: String]

    /// - Parameter query: as it came, encoded as a form encodes it: a space is a plus sign or `%20`.
    /// - Throws: `AlmanacError` on a name the operation does not know, saying which it knows, and on a required one
    ///   that is missing.
    init(query: String, of operation: Operation) throws(AlmanacError) {
        var values: [String: String] = [:]
        for pair in query.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { half in
                let text = String(half).replacing("+", with: " ")
                return text.removingPercentEncoding ?? text
            }
            values[halves[0]] = halves.count > 1 ? halves[1] : ""
        }
        let known = operation.parameters.map(\.name)
        if let stray = values.keys.sorted().first(where: { !known.contains($0) }) {
            throw AlmanacError(
                .invalid, "\(operation.name) has no parameter \"\(stray)\"; it takes \(known.joined(separator: ", "))")
        }
        // No place, date or unit is as long; readers of text may take their time in proportion to its square.
        if let long = values.first(where: { $0.value.utf8.count > 200 }) {
            throw AlmanacError(.invalid, "\(long.key) has \(long.value.utf8.count) bytes; at most 200 are read")
        }
        for parameter in operation.parameters where parameter.isRequired {
            if values[parameter.name]?.isBlank != false {
                throw AlmanacError(
                    .invalid,
                    "\(operation.name) needs the parameter \"\(parameter.name)\", such as \(parameter.name)=\(parameter.example.plainText)"
                )
            }
        }
        self.values = values
    }

    /// The text of a parameter; nil where it was not given or is empty.
    subscript(optional name: String) -> String? {
        values[name].flatMap { $0.isBlank ? nil : $0 }
    }

    /// The text of a required parameter.
    subscript(name: String) -> String {
        // Required parameters were checked when this was made.
        values[name] ?? ""
    }

    func number(_ name: String) throws(AlmanacError) -> Double {
        guard let number = AlmanacAPI.number(reading: self[name]), number.isFinite, abs(number) < 1e100 else {
            throw AlmanacError(.invalid, "\(name) must be a number such as 26.2, and not \"\(self[name])\"")
        }
        return number
    }

    func integer(_ name: String) throws(AlmanacError) -> Int {
        let number = try number(name)
        guard let integer = Int(exactly: number) else {
            throw AlmanacError(.invalid, "\(name) must be a whole number such as 90 or -3, and not \"\(self[name])\"")
        }
        return integer
    }
}

extension String {
    fileprivate var isBlank: Bool { allSatisfy(\.isWhitespace) }
}

extension Scalar {
    /// The value as a query writes it.
    var plainText: String {
        switch self {
        case .string(let value): value
        case .integer(let value): "\(value)"
        case .number(let value): plain(value)
        case .boolean(let value): "\(value)"
        }
    }
}
