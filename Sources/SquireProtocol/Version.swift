/// The version of `squire`, `squired`, their packages and the socket's interface. It stands here alone; the newest section of
/// `CHANGELOG.md` has the same.
public enum SquireVersion {
    public static let current = "0.2.0"
}
