import Core
import Evaluation
import Testing

@testable import Commands

@Suite struct EvalTextTests {
    private func report() throws -> EvaluationReport {
        let json: JSONValue = [
            "model": "Small", "modelPath": "/m/Small.gguf", "embeddingModel": "Mini", "version": "1",
            "rows": [
                [
                    "suite": "calling", "measure": "calls right", "kind": "rate", "value": 0.8, "low": 0.4902,
                    "high": 0.9433, "cases": 10, "secondsPerCase": 0.25,
                ],
                [
                    "suite": "retrieval", "measure": "MRR@10", "kind": "mean", "value": 0.9, "low": 0.85, "high": 0.95,
                    "cases": 30, "secondsPerCase": 0.0123,
                ],
            ],
            "failures": [
                [
                    "suite": "calling", "id": "a", "question": "Wake\nme", "wanted": "alarm()",
                    "came": "no\u{1B}[2J call",
                ]
            ],
        ]
        return try json.decode()
    }

    @Test func `each measure stands in a row with its interval: shares in percent, means as they are`() throws {
        #expect(
            EvalText.table(try report(), Captured().console(width: 100)) == """
                Small with Mini
                SUITE      MEASURE       VALUE     95 % INTERVAL  CASES  S/CASE
                calling    calls right  80.0 %  49.0 % to 94.3 %     10   0.250
                retrieval  MRR@10        0.900    0.850 to 0.950     30   0.012

                """)
    }

    @Test func `a case that was not right is shown with what was asked, wanted and given, safe for a terminal`() throws
    {
        #expect(
            EvalText.failures(try #require(try report().failures), Captured().console) == """

                calling a
                  asked   Wake me
                  wanted  alarm()
                  came    no[2J call

                """)
    }
}
