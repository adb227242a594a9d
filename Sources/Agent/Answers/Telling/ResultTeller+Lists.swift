import Core
import Languages
import Understanding

extension ResultTeller {
    /// Items whose names stand in one line.
    private static let mostNamed = 50

    func told(_ items: [JSONValue], label: String, beside: JSONObject) -> String? {
        let total = beside.filter { $0.value.isWhole }.first { name, value in
            (value.integer ?? 0) >= items.count
                && !language.words.documents.totals.isDisjoint(with: Stem.words(in: name))
        }?.value.integer
        let all = max(total ?? 0, items.count)
        guard !items.isEmpty else {
            return all > 0
                ? "\(label): \(phrases.firstOf(["shown": "0", "count": DigitGroups.text(all)]))."
                : phrases.noThings(["things": label])
        }
        let nodes = ResultNode.all(in: .array(items))
        let asked = asked(in: nodes, of: .array(items))
        let choice = ItemChoice(items, question: question, arguments: step.arguments, language: language)
        let chosen = choice.indices
        let counts = asksForCount
        // Of a long list what the question speaks of is told; of a short one it comes first.
        let focus = chosen == nil ? self.focus(of: items) : []
        let isLong = items.count > ValueText.mostItems && !focus.isEmpty
        let order = chosen ?? (isLong ? focus : focus + items.indices.filter { !focus.contains($0) })
        let lines = order.prefix(ValueText.mostItems).map { told(item: items[$0], asked: asked) }
        let number = DigitGroups.text(all)
        if chosen == nil, !isLong, items.allSatisfy({ $0.object == nil && $0.array == nil }) {
            let line = text.list(items.prefix(10 * ValueText.mostItems).map { text.text(of: $0) }, of: items.count)
            let more = all > items.count || counts ? " (\(phrases.inAll(["count": number])))" : ""
            return "\(capitalised(label)): \(line)\(more)."
        }
        if lines.count == 1, !counts && choice.isOneThing || all == 1 { return "\(capitalised(lines[0]))." }
        let things = things(label, nodes)
        let heading = heading(things, shown: lines.count, of: items.count, all: all, isLong: isLong, choice)
        if counts, asked.nodes.isEmpty, order.count <= Self.mostNamed {
            // Who asks for a number is told the number, and which they are.
            let names = order.compactMap { name(of: items[$0]) }
            if names.count == order.count {
                let number = chosen == nil ? "\(number) \(things)" : heading
                return "\(number): \(text.list(names, of: chosen == nil ? all : names.count))."
            }
        }
        guard !lines.isEmpty else { return "\(heading)." }
        return "\(heading):\n" + lines.map { "- \($0)" }.joined(separator: "\n")
    }

    /// `3 tasks`, `First 20 of 4,401 tasks`, `1 of 3 tasks (done: yes)`
    private func heading(
        _ label: String, shown: Int, of count: Int, all: Int, isLong: Bool, _ choice: ItemChoice
    ) -> String {
        let number = DigitGroups.text(all)
        if isLong { return phrases.fitting(["count": number, "things": label]) }
        if let chosen = choice.indices {
            let given =
                all > count
                ? phrases.firstOf(["shown": DigitGroups.text(count), "count": number]) : number
            var places = ["count": DigitGroups.text(chosen.count), "all": given]
            places["things"] = label
            places["which"] = choice.condition
            let fitting = phrases.ofThose(places)
            return chosen.count > shown && shown > 0
                ? "\(fitting), \(phrases.firstOf(["shown": "\(shown)", "count": DigitGroups.text(chosen.count)]))"
                : fitting
        }
        return all > shown
            ? capitalised(phrases.firstOf(["shown": "\(shown)", "count": number])) + " " + label : "\(number) \(label)"
    }

    /// What the items are called: by the list's name, if that is a plural and no item has a value of that name.
    private func things(_ label: String, _ nodes: [ResultNode]) -> String {
        let last = label.split(separator: " ").last.map(String.init) ?? ""
        let isValue = nodes.contains { NameWords.text($0.path.last ?? "") == label }
        return language.isPlural(last) && !isValue ? label : phrases.entries
    }

    private var asksForCount: Bool {
        AskedKind.clauses(of: Stem.words(in: String(question.prefix(1000))), in: language).contains {
            $0.kind == .count
        }
    }

    /// Items that are looked through for the question's words.
    private static let mostRanked = 10_000

    /// The items that the question speaks of; none where no word tells one from the others.
    private func focus(of items: [JSONValue]) -> [Int] {
        let records = items.prefix(Self.mostRanked).map {
            ResultText.Record(text: ResultText.lines($0, limit: 4096))
        }
        let focus = RecordRanking(Array(records), question: question, in: language).focus
        return focus.count < items.count ? focus : []
    }

    /// What tells an item from others for people: its name, or, where it has but a number, its first text: `book Dune`.
    private func name(of item: JSONValue) -> String? {
        guard case .object(let members) = item else { return text.text(of: item) }
        let identity = text.identity(of: item)
        if let identity, members[identity.name]?.string != nil { return identity.text }
        let first = members.first { name, value in
            guard value.string != nil else { return false }
            let kind = ValueKind(of: value, at: [name], description: "", in: language)
            return [.text, .name, .person, .place].contains(kind)
        }
        return first.map { "\(NameWords.text($0.key)) \(text.text(of: $0.value))" } ?? identity?.text
    }

    private func told(item: JSONValue, asked: AskedProperties) -> String {
        guard case .object(let members) = item else { return text.text(of: item) }
        let leaves = ResultNode.all(in: item).filter(\.isLeaf)
        let identity = text.identity(of: item)
        let isShort = leaves.count <= ValueText.mostOfItem
        if isShort, !asked.areNamed { return self.members(of: item, limit: ValueText.mostOfItem) }
        let parts = asked.nodes.prefix(ValueText.mostOfItem).compactMap { node -> String? in
            let found = ResultNode.values(at: node.path, in: item)
            guard !found.isEmpty, node.path != [identity?.name] else { return nil }
            let values = found.map { text.text(of: $0.value, name: node.path.last ?? "", in: $0.parent) }
            return "\(label(node.path)): \(text.list(values))"
        }
        if !parts.isEmpty { return (name(of: item).map { "\($0) – " } ?? "") + parts.joined(separator: "; ") }
        guard let identity, !isShort else { return self.members(of: item, limit: ValueText.mostOfItem) }
        let rest = text.shown(members).filter { name, value in
            name != identity.name && value.object == nil && value.array == nil && value != .null
                && !Self.isAddress(value)
        }
        return "\(identity.text) – "
            + rest.prefix(ValueText.mostOfItem - 1).map { name, value in
                "\(NameWords.text(name)): \(text.text(of: value, name: name, in: members))"
            }.joined(separator: "; ")
    }
}
