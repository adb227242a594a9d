/// How long an answer took, in seconds from the moment its turn began.
public struct WireTimings: Sendable, Hashable, Codable {
    public var firstTokenSeconds: Double?
    public var totalSeconds: Double

    public init(firstTokenSeconds: Double? = nil, totalSeconds: Double) {
        self.firstTokenSeconds = firstTokenSeconds
        self.totalSeconds = totalSeconds
    }
}
