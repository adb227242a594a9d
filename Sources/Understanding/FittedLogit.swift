/// Weights of named figures, as a logistic regression gives them.
package protocol FittedLogit {
    var intercept: Double { get }
    /// By the figures' names; one that is missing weighs nothing.
    var weights: [String: Double] { get }
}

extension FittedLogit {
    /// The log-odds that some figures speak for.
    ///
    /// - Parameter values: in the order of the names' cases.
    package func logOdds<Name: CaseIterable & RawRepresentable<String>>(_ names: Name.Type, _ values: [Double])
        -> Double
    {
        zip(names.allCases, values).reduce(intercept) { $0 + $1.1 * (weights[$1.0.rawValue] ?? 0) }
    }
}
