import Foundation

/// How times are stored: whole milliseconds since 1970, so that a time comes back as exactly what it was.
extension Date {
    init(milliseconds: Int64) {
        self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
    }

    var milliseconds: Int64 {
        Int64((timeIntervalSince1970 * 1000).rounded())
    }
}
