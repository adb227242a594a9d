import Foundation

#if canImport(Darwin)
    import Darwin
#endif

/// This process's resident memory, in bytes.
struct ProcessMemory {
    var resident: Int
    /// The most there was at once.
    var peak: Int

    static var now: ProcessMemory {
        #if os(Linux)
            // proc_pid_status(5): "VmRSS:     12345 kB".
            let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
            func bytes(_ name: String) -> Int {
                let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
                return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
            }
            return ProcessMemory(resident: bytes("VmRSS:"), peak: bytes("VmHWM:"))
        #else
            var usage = rusage_info_v2()
            let status = unsafe withUnsafeMutablePointer(to: &usage) { pointer in
                unsafe pointer.withMemoryRebound(to: rusage_info_t?.self, capacity: 1) {
                    unsafe proc_pid_rusage(getpid(), RUSAGE_INFO_V2, $0)
                }
            }
            var most = rusage()
            guard status == 0, unsafe getrusage(RUSAGE_SELF, &most) == 0 else {
                return ProcessMemory(resident: 0, peak: 0)
            }
            return ProcessMemory(resident: Int(usage.ri_resident_size), peak: Int(most.ru_maxrss))
        #endif
    }
}
