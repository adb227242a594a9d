/// Which of several things that have names: plugins that a turn may use, collections that are looked in.
public enum NameSelection: Sendable, Hashable {
    /// All there are, where they are called for.
    case auto
    /// These; empty is none.
    case named([String])
}
