/// The version of `squire`, `squired` and the socket's interface.
public enum SquireVersion {
    public static let current = "0.1.0"
}
