import Core
import Testing

@testable import Gateway

struct RequestClockTests {
    private static let start = ContinuousClock.now
    private static let limits = GatewayLimits(
        head: .seconds(10), idle: .seconds(75), bodyRate: 100, bodyInterval: .seconds(10), stall: .seconds(60))

    private static func at(_ seconds: Int) -> ContinuousClock.Instant { start + .seconds(seconds) }

    private static func check(
        _ clock: inout RequestClock, at seconds: Int, isReading: Bool = true, isWriting: Bool = false
    ) -> RequestClock.Fault? {
        clock.check(at: at(seconds), isReading: isReading, isWriting: isWriting)
    }

    @Test func `the head's time runs from its first byte, however many follow`() {
        var clock = RequestClock(limits: Self.limits, at: Self.start)
        #expect(clock.standing == .newcomer)
        clock.received(1, at: Self.at(60))
        for second in 61...69 { clock.received(1, at: Self.at(second)) }
        #expect(Self.check(&clock, at: 69) == nil)
        #expect(Self.check(&clock, at: 70) == .slowHead)
    }

    @Test func `idle connections end, before a request and after one`() {
        var clock = RequestClock(limits: Self.limits, at: Self.start)
        #expect(Self.check(&clock, at: 74) == nil)
        #expect(Self.check(&clock, at: 75) == .idle)
        clock.received(9, at: Self.at(76))
        clock.receivedHead(at: Self.at(76))
        clock.receivedEnd(at: Self.at(76))
        #expect(clock.standing == .busy)
        // Making the answer may take as long as it takes.
        #expect(Self.check(&clock, at: 1000) == nil)
        clock.answered(at: Self.at(1001))
        #expect(clock.standing == .waiting)
        #expect(Self.check(&clock, at: 1075) == nil)
        #expect(Self.check(&clock, at: 1076) == .idle)
    }

    @Test func `a body is slow only where it was waited for`() {
        var clock = RequestClock(limits: Self.limits, at: Self.start)
        clock.received(50, at: Self.start)
        clock.receivedHead(at: Self.start)
        #expect(clock.standing == .sending)
        clock.received(1000, at: Self.at(9))
        #expect(Self.check(&clock, at: 10) == nil)
        clock.received(999, at: Self.at(19))
        #expect(Self.check(&clock, at: 20, isReading: false) == nil)
        clock.received(999, at: Self.at(29))
        #expect(Self.check(&clock, at: 30) == .slowBody)
    }

    @Test func `an answer that is not read ends, one that is waited for does not`() {
        var clock = RequestClock(limits: Self.limits, at: Self.start)
        clock.receivedHead(at: Self.start)
        clock.receivedEnd(at: Self.start)
        #expect(Self.check(&clock, at: 60, isWriting: false) == nil)
        #expect(Self.check(&clock, at: 120, isWriting: true) == .stalled)
    }
}
