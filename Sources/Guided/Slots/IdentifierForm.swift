import Core

/// Identifiers that are written alike everywhere: what a slot is called tells which of them it asks for.
enum IdentifierForm: String, CaseIterable, Sendable {
    /// ISO 26324.
    case doi
    /// ISO 2108, with or without hyphens.
    case isbn
    /// ISO 3297.
    case issn
    case orcid
    /// ISO 13616.
    case iban
    case email
    /// IPv4 or IPv6.
    case ip

    /// The one that a name says: `journal_issn` an ISSN.
    init?(name words: [String]) {
        guard let last = words.last, let form = IdentifierForm(rawValue: last) else { return nil }
        self = form
    }

    func matches(_ text: String) -> Bool { pattern.isFound(in: text) }

    private var pattern: TextPattern {
        switch self {
        case .doi: Self.doiPattern
        case .isbn: Self.isbnPattern
        case .issn: Self.issnPattern
        case .orcid: Self.orcidPattern
        case .iban: Self.ibanPattern
        case .email: Self.emailPattern
        case .ip: Self.ipPattern
        }
    }

    private static let doiPattern = TextPattern(#"^10\.\d{4,9}/\S+$"#)
    private static let isbnPattern = TextPattern(#"^(?:97[89][- ]?)?\d[\d -]{7,11}[\dXx]$"#)
    private static let issnPattern = TextPattern(#"^\d{4}-?\d{3}[\dXx]$"#)
    private static let orcidPattern = TextPattern(#"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$"#)
    private static let ibanPattern = TextPattern(#"^[A-Z]{2}\d{2}[A-Z0-9 ]{10,34}$"#)
    private static let emailPattern = TextPattern(#"^[^@\s]+@[^@\s]+\.[^@\s]+$"#)
    private static let ipPattern = TextPattern(#"^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]+)$"#)
}
