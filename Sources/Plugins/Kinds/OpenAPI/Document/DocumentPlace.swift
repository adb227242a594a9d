/// Where a value stands in a document: `paths./time.get.parameters[0]`.
///
/// The text is made only where it is shown: most places are passed through and never named.
final class DocumentPlace: Sendable, CustomStringConvertible {
    private enum Step: Sendable {
        case member(String)
        case item(Int)
    }

    private let parent: DocumentPlace?
    private let step: Step

    /// The whole document.
    static let root = DocumentPlace(parent: nil, step: .member(""))

    private init(parent: DocumentPlace?, step: Step) {
        self.parent = parent
        self.step = step
    }

    func member(_ name: String) -> DocumentPlace { DocumentPlace(parent: self, step: .member(name)) }
    func item(_ index: Int) -> DocumentPlace { DocumentPlace(parent: self, step: .item(index)) }

    /// Longer names are cut, and of more steps those in the middle are left out.
    private static let mostCharacters = 100
    private static let mostSteps = 40

    var description: String {
        var steps: [Step] = []
        var place = self
        while let parent = place.parent {
            steps.append(place.step)
            place = parent
        }
        steps.reverse()
        let isLong = steps.count > Self.mostSteps
        let shown = isLong ? Array(steps.prefix(Self.mostSteps / 2) + steps.suffix(Self.mostSteps / 2)) : steps
        var text = ""
        for (index, step) in shown.enumerated() {
            if isLong, index == Self.mostSteps / 2 { text += "…" }
            switch step {
            case .item(let index): text += "[\(index)]"
            case .member(let name):
                if !text.isEmpty { text += "." }
                text += name.utf8.count > Self.mostCharacters ? name.prefix(Self.mostCharacters) + "…" : name
            }
        }
        return text
    }
}
