/// Names for what is answered, in OpenAI's form: a prefix and 24 letters and digits.
enum Identifier {
    private static let characters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")

    /// - Parameter prefix: such as `call_`.
    static func make(_ prefix: String) -> String {
        prefix + String((0..<24).map { _ in characters[Int.random(in: characters.indices)] })
    }
}
