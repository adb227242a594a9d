import Foundation

/// How numbers read.
enum Format {
    /// `12 ms`, `1.4 s`, `3 min 5 s`, `2 h 10 min`, `4 d 3 h`.
    static func seconds(_ seconds: Double) -> String {
        switch seconds {
        case ..<0.9995: "\(Int((seconds * 1000).rounded())) ms"
        case ..<9.95: "\(String(format: "%.1f", seconds)) s"
        case ..<60: "\(Int(seconds)) s"
        case ..<3600: "\(Int(seconds) / 60) min \(Int(seconds) % 60) s"
        case ..<86_400: "\(Int(seconds) / 3600) h \(Int(seconds) % 3600 / 60) min"
        default: "\(Int(seconds) / 86_400) d \(Int(seconds) % 86_400 / 3600) h"
        }
    }

    /// `512 B`, `98.9 MiB`.
    static func bytes(_ count: Int) -> String {
        var amount = Double(count)
        for unit in ["B", "KiB", "MiB", "GiB"] {
            if amount < 1024 || unit == "GiB" {
                return unit == "B" ? "\(count) B" : "\(String(format: "%.1f", amount)) \(unit)"
            }
            amount /= 1024
        }
        return "\(count) B"
    }

    /// `134.5 M`, of parameters.
    static func count(_ count: Int) -> String {
        switch count {
        case ..<10_000: "\(count)"
        case ..<1_000_000: "\(String(format: "%.1f", Double(count) / 1e3)) k"
        case ..<1_000_000_000: "\(String(format: "%.1f", Double(count) / 1e6)) M"
        default: "\(String(format: "%.1f", Double(count) / 1e9)) G"
        }
    }

    /// `13.67`
    static func decimal(_ number: Double, places: Int) -> String { String(format: "%.\(places)f", number) }

    /// `1 message`, `2 messages`.
    static func counted(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }

    /// `2026-06-21 14:05`, in the user's time zone.
    static func time(_ date: Date, zone: TimeZone = .current) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: date)
        return String(
            format: "%04d-%02d-%02d %02d:%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0, parts.hour ?? 0,
            parts.minute ?? 0)
    }
}
