import Testing

@testable import Evaluation

@Suite struct EstimateTests {
    @Test(arguments: [
        (0, 10, 0, 0.2775), (8, 10, 0.4902, 0.9433), (10, 10, 0.7225, 1), (95, 100, 0.8882, 0.9785),
        (1, 1, 0.2065, 1),
    ])
    func `a rate's interval is Wilson's`(successes: Int, count: Int, low: Double, high: Double) throws {
        let estimate = try #require(Estimate.rate(successes, of: count))
        #expect(estimate.value == Double(successes) / Double(count))
        #expect(abs(estimate.low - low) < 5e-5)
        #expect(abs(estimate.high - high) < 5e-5)
    }

    @Test func `a mean's interval holds what the cases leave open, and is the same each time`() throws {
        let values = (0..<100).map { Double($0 % 2) }
        let estimate = try #require(Estimate.mean(values))
        #expect(estimate.value == 0.5)
        // A mean of 100 draws of 0 and 1 has the standard deviation 0.05.
        #expect((0.38...0.43).contains(estimate.low) && (0.57...0.62).contains(estimate.high))
        #expect(Estimate.mean(values) == estimate)
        #expect(Estimate.mean([0.25, 0.25, 0.25]) == Estimate(value: 0.25, low: 0.25, high: 0.25))
    }

    @Test func `without cases there is no figure`() {
        #expect(Estimate.rate(0, of: 0) == nil)
        #expect(Estimate.mean([]) == nil)
    }
}
