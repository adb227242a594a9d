import SystemPackage
import Testing

@testable import Folders

@Suite struct PendingChangesTests {
    private let start = ContinuousClock.now
    private func at(_ milliseconds: Int) -> ContinuousClock.Instant { start.advanced(by: .milliseconds(milliseconds)) }
    private var pending: PendingChanges {
        PendingChanges(quiet: .milliseconds(300), longest: .seconds(2), limit: 3)
    }

    @Test func `changes are told once, when it has been quiet`() {
        var pending = pending
        #expect(pending.deadline == nil)
        pending.add("/a", at: at(0))
        pending.add("/b", at: at(200))
        pending.add("/a", at: at(250))
        #expect(pending.take(at: at(549)) == nil)
        #expect(pending.deadline == at(550))
        #expect(pending.take(at: at(550)) == .paths(["/a", "/b"]))
        #expect(pending.take(at: at(9000)) == nil)
        #expect(pending.deadline == nil)
    }

    @Test func `where it is never quiet they are told all the same`() {
        var pending = pending
        for time in stride(from: 0, to: 2000, by: 100) { pending.add("/a", at: at(time)) }
        #expect(pending.deadline == at(2000))
    }

    @Test func `a path under another that changed is not told beside it`() {
        var pending = pending
        for path: FilePath in ["/a/b/c", "/a/b", "/a/bc"] { pending.add(path, at: at(0)) }
        #expect(pending.take(at: at(300)) == .paths(["/a/b", "/a/bc"]))
    }

    @Test func `too many are told as everything, and the next ones by themselves again`() {
        var pending = pending
        for path: FilePath in ["/a", "/b", "/c", "/d", "/e"] { pending.add(path, at: at(0)) }
        #expect(pending.take(at: at(300)) == .everything)
        pending.add("/f", at: at(400))
        #expect(pending.take(at: at(700)) == .paths(["/f"]))
    }
}
