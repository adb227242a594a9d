import Foundation

/// Seconds of processor time that this thread takes for some work: what the machine does beside it does not count.
package func processorSeconds(_ work: () -> Void) -> Double {
    func now() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = now()
    work()
    return now() - start
}

/// How many times as long four times the work takes: 4 where the cost is linear, 16 where it is quadratic.
package func growth(from size: Int, _ work: (Int) -> Void) -> Double {
    func best(_ size: Int) -> Double { (0..<3).map { _ in processorSeconds { work(size) } }.min() ?? 0 }
    work(size)
    return best(4 * size) / max(best(size), 1e-6)
}
