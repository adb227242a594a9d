import CLlama

/// Memory in large blocks, as the states of parked conversations are.
enum LargeBlocks {
    /// Has what is freed of them returned to the system at once, once in the life of the process.
    ///
    /// Left alone, glibc learns from each large block that is freed, and takes the next ones, up to 32 MiB, from a heap
    /// that other blocks keep from shrinking (mallopt(3), "M_MMAP_THRESHOLD"): six minutes of mixed load left 60 MiB of
    /// holes.
    static let areReturned: Void = {
        #if canImport(Glibc)
            _ = mallopt(M_MMAP_THRESHOLD, 1 << 20)
        #endif
    }()
}
