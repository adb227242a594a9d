/// Bytes of ASCII that mean something in paths and in patterns of them.
extension UInt8 {
    static let newline = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")
    static let backslash = UInt8(ascii: "\\")
    static let hyphen = UInt8(ascii: "-")
    static let colon = UInt8(ascii: ":")
    static let star = UInt8(ascii: "*")
    static let question = UInt8(ascii: "?")
    static let slash = UInt8(ascii: "/")
    static let openBracket = UInt8(ascii: "[")
    static let closeBracket = UInt8(ascii: "]")
    static let exclamation = UInt8(ascii: "!")
    static let caret = UInt8(ascii: "^")
    static let dot = UInt8(ascii: ".")
    static let hash = UInt8(ascii: "#")

    var isDigit: Bool { (0x30...0x39).contains(self) }
    var isUpper: Bool { (0x41...0x5A).contains(self) }
    var isLower: Bool { (0x61...0x7A).contains(self) }
    var isLetter: Bool { isUpper || isLower }
}
