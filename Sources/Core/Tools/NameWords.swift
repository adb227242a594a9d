/// The words of a name that a program gave: `placeOrder`, `office_store`.
package enum NameWords {
    /// `place order`, `office store`, `list HTTP routes`.
    package static func text(_ name: String) -> String {
        var words: [String] = []
        var word = ""
        let letters = Array(name)
        for (index, letter) in letters.enumerated() {
            guard letter.isLetter || letter.isNumber else {
                if !word.isEmpty { words.append(word) }
                word = ""
                continue
            }
            let isBefore = index > 0 && (letters[index - 1].isLowercase || letters[index - 1].isNumber)
            let isAcronymOver =
                index > 0 && index + 1 < letters.count && letters[index - 1].isUppercase
                && letters[index + 1].isLowercase
            if letter.isUppercase, !word.isEmpty, isBefore || isAcronymOver {
                words.append(word)
                word = ""
            }
            word.append(letter)
        }
        if !word.isEmpty { words.append(word) }
        let spoken = words.map { word in
            word.count > 1 && word.allSatisfy { !$0.isLowercase } ? word : word.lowercased()
        }
        return spoken.isEmpty ? name : spoken.joined(separator: " ")
    }
}
