import ArgumentParser

/// What `--limit` and `--offset` of a list may be.
enum Paging {
    static func check(limit: Int, offset: Int) throws {
        guard limit > 0, offset >= 0 else {
            throw ValidationError("--limit must be 1 or more, and --offset 0 or more.")
        }
    }
}
