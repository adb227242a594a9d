import Testing

@testable import Daemon

struct DescriptorTests {
    @Test(arguments: [64, 256, 1024, 16_384])
    func `connections leave open files for everything else, whatever the limit`(limit: Int) {
        let shares = Descriptors(limit: limit)
        #expect(shares.gateway > 0 && shares.socket > 0)
        #expect(limit - shares.gateway - shares.socket >= min(256, limit / 2))
        let wanted = Descriptors(limit: limit, gateway: 1_000_000, socket: 1_000_000)
        #expect(limit - wanted.gateway - wanted.socket >= min(256, limit / 2))
        #expect(Descriptors(limit: limit, gateway: 3, socket: 2).gateway == 3)
        #expect(Descriptors(limit: limit, gateway: 3, socket: 2).socket == 2)
    }

    @Test func `the limit of open files is raised as far as it may be`() {
        let first = Descriptors.raise()
        #expect(first >= 64)
        #expect(Descriptors.raise() == first)
    }
}
