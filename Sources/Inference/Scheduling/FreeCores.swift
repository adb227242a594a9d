import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// How many cores others leave to the model.
///
/// ggml's threads wait for one another after each of some hundred operations a token, by spinning. Where another program
/// computes on the same cores, one of them is always out of turn, and a token takes fifty times longer than on one thread,
/// which waits for nobody. So what others compute is looked at from time to time, and as many threads compute as there
/// are cores left.
struct FreeCores {
    /// Seconds of processors' time since some moment.
    struct Times: Sendable, Hashable {
        /// Of all processes on all processors.
        var all: Double
        /// Of this process.
        var own: Double
    }

    private let cores: Int
    /// Cores that are left to others.
    private var taken = 0
    private var last: (at: ContinuousClock.Instant, times: Times)?

    private static let interval = Duration.milliseconds(300)
    /// What was done over a longer time says little of now.
    private static let longest = Duration.seconds(2)
    /// Beside two threads of ours on two cores, somebody who computes all the time gets two thirds of a core; who takes
    /// the tokens, a twentieth.
    private static let worthACore = 0.4
    private static let worthNone = 0.5

    init(cores: Int = ProcessInfo.processInfo.activeProcessorCount) {
        self.cores = cores
    }

    /// Threads that should compute, one at least.
    func threads(of most: Int) -> Int { max(1, min(most, cores - taken)) }

    /// Looks at what others do, if it is time to.
    ///
    /// - Parameter times: nil where the system does not say.
    mutating func look(at now: ContinuousClock.Instant, times: () -> Times? = Self.times) {
        if let last, now - last.at < Self.interval { return }
        guard let times = times() else { return }
        defer { last = (now, times) }
        guard let last, now - last.at < Self.longest else { return }
        let seconds = (now - last.at) / .seconds(1)
        let others = (times.all - last.times.all - (times.own - last.times.own)) / seconds
        if others > Double(taken) + Self.worthACore { taken = min(taken + 1, cores - 1) }
        if others < Double(taken) - Self.worthNone { taken -= 1 }
    }

    /// The first line of /proc/stat (proc(5)), and this process's clock.
    static func times() -> Times? {
        #if os(Linux)
            guard let file = unsafe fopen("/proc/stat", "re") else { return nil }
            defer { unsafe fclose(file) }
            var line = [CChar](repeating: 0, count: 512)
            guard unsafe fgets(&line, Int32(line.count), file) != nil else { return nil }
            let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            // cpu user nice system idle iowait irq softirq steal …, in ticks.
            let ticks = text.split(separator: " ").dropFirst().compactMap { Double($0.prefix { $0.isNumber }) }
            var own = timespec()
            guard ticks.count >= 7, unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &own) == 0 else { return nil }
            let busy = ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6]
            return Times(
                all: busy / Double(max(1, sysconf(Int32(_SC_CLK_TCK)))),
                own: Double(own.tv_sec) + Double(own.tv_nsec) / 1e9)
        #else
            return nil
        #endif
    }
}
