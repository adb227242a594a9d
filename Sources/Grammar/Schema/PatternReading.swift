/// Says which patterns are understood. What is not read here is enforced nowhere.
package enum PatternReading {
    /// Whether `pattern` is a regular expression that grammars and checks of values can follow. Takes time linear in the
    /// pattern's length, whatever it holds.
    package static func isReadable(_ pattern: String) -> Bool { Pattern.expression(pattern) != nil }
}
