import Core
import Understanding

/// "There", where the call before says which place is meant.
enum PlaceReference {
    /// A question with the place in place of "there": "What time is it there?" after "When does the sun set in Oslo?" is
    /// "What time is it in Oslo?".
    ///
    /// - Parameter earlier: the call that was made before; the one text that it took from its question is the place.
    /// - Returns: the question as it stands where it refers to nothing, or to what is not clear.
    static func resolved(
        _ question: String, after earlier: EarlierCall?, in language: QuestionLanguage
    ) -> String {
        guard let earlier, let place = place(of: earlier) else { return question }
        return language.followUps.placed(question, in: place)
    }

    private static func place(of earlier: EarlierCall) -> String? {
        let said = (earlier.arguments.object ?? [:]).values.compactMap(\.string).filter { text in
            !text.isEmpty && !text.contains(where: \.isNumber)
                && earlier.question.lowercased().contains(text.lowercased())
        }
        return said.count == 1 ? said[0] : nil
    }
}
