import Core
import Foundation
import Languages
import Understanding

/// A call as it was probably meant, where the API refused it and proposed one value that differs in a few letters from one
/// that it was given: "no city named Berln; did you mean Berlin?".
///
/// It is the one place where a value is taken from an error. So it is taken only where it is nearly what was said, for the
/// same operation of the same plugin, which learns nothing by it, and only where the operation just reads.
struct SpellingCorrection: Sendable, Hashable {
    /// As the call had it.
    let said: String
    let meant: String
    let arguments: JSONValue

    /// Characters of an error that are looked through, and of a proposal.
    private static let (mostOfError, longest) = (500, 60)
    private static let mostLetters = 3

    /// Nil where nothing was proposed, or more than one value, or nothing near.
    init?(of step: Step, in language: QuestionLanguage) {
        guard step.status == .error, step.errorKind == .rejected, let error = step.error,
            let meant = Self.proposal(in: error, language)
        else { return nil }
        var found: [(path: [String], value: String)] = []
        Self.collect(step.arguments, at: [], near: meant, &found)
        guard found.count == 1, let (path, value) = found.first else { return nil }
        said = value
        self.meant = meant
        arguments = Self.setting(meant, at: path[...], in: step.arguments)
    }

    /// The corrections that were made in a turn and led to a result.
    static func made(in steps: [Step], _ language: QuestionLanguage) -> [SpellingCorrection] {
        steps.compactMap { step in
            guard let correction = SpellingCorrection(of: step, in: language),
                steps.contains(where: { $0.status == .ok && $0.isCall(like: step, correction.arguments) })
            else { return nil }
            return correction
        }
    }

    /// The one value that an error proposes.
    private static func proposal(in error: String, _ language: QuestionLanguage) -> String? {
        let text = String(error.prefix(mostOfError))
        let found = language.words.results.suggesting.compactMap {
            text.range(of: $0, options: .caseInsensitive)
        }.min { $0.lowerBound < $1.lowerBound }
        guard let found else { return nil }
        let rest = text[found.upperBound...].prefix { !"?\n;!".contains($0) }
        let quotes = CharacterSet(charactersIn: "\"'“”‘’«»`:. ()[]").union(.whitespaces)
        let value = rest.trimmingCharacters(in: quotes)
        let words = value.lowercased().split(separator: " ").map(String.init)
        guard (1...longest).contains(value.count), !value.contains(","), !value.contains("/"),
            language.words.results.choosing.isDisjoint(with: words)
        else { return nil }
        return value
    }

    private static func collect(
        _ value: JSONValue, at path: [String], near meant: String, _ found: inout [(path: [String], value: String)]
    ) {
        switch value {
        case .string(let text) where isNear(text, meant): found.append((path, text))
        case .object(let members):
            for (name, member) in members { collect(member, at: path + [name], near: meant, &found) }
        default: break
        }
    }

    private static func isNear(_ said: String, _ meant: String) -> Bool {
        guard said.count <= longest else { return false }
        let (a, b) = (Array(said.lowercased()), Array(meant.lowercased()))
        let distance = Spelling.distance(a, b)
        return distance > 0 && distance <= min(mostLetters, max(1, a.count / 3))
    }

    private static func setting(_ text: String, at path: ArraySlice<String>, in value: JSONValue) -> JSONValue {
        guard let name = path.first, case .object(var members) = value, let member = members[name] else {
            return .string(text)
        }
        members.updateValue(setting(text, at: path.dropFirst(), in: member), forKey: name)
        return .object(members)
    }
}

extension Step {
    /// Whether both called the same operation with the same arguments.
    func isSameCall(as other: Step) -> Bool { isCall(like: other, other.arguments) }

    /// Whether it called the operation that another did, with these arguments.
    func isCall(like other: Step, _ arguments: JSONValue) -> Bool {
        isSameOperation(as: other) && self.arguments == arguments
    }

    func isSameOperation(as other: Step) -> Bool { plugin == other.plugin && operation == other.operation }
}
