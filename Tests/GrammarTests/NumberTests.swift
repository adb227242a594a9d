import Core
import Grammar
import Testing

struct NumberTests {
    private func code(_ schema: JSONValue) -> GrammarError.Code? {
        do throws(GrammarError) {
            _ = try CompiledGrammar(.schema(schema))
            return nil
        } catch {
            return error.code
        }
    }

    @Test func `integers have as many digits as Squire can read`() throws {
        let any: JSONValue = ["type": "integer"]
        for text in [
            "1234567890123456789", "-1234567890123456789", "9223372036854775807", "-9223372036854775808", "0", "-1",
            "999999999999999999", "1000000000000000",
        ] { #expect(try any.allows(text), "\(text)") }
        for text in ["9223372036854775808", "-9223372036854775809", "12345678901234567890", "-0", "01"] {
            #expect(try !any.allows(text), "\(text)")
        }
        let multiple: JSONValue = ["type": "integer", "multipleOf": 7]
        #expect(try multiple.allows("7000000000000000") && !multiple.allows("7000000000000001"))
    }

    @Test(
        arguments: [
            9_007_199_254_740_991, 9_007_199_254_740_993, 1_000_000_000_000_000, 999_999_999_999_999_999, .max,
            .max - 1, 1_000_000_000_000_000_001, .min, .min + 1, -9_007_199_254_740_993,
        ] as [Int])
    func `large bounds hold to the last digit`(_ bound: Int) throws {
        for (keyword, isLower, isExclusive) in [
            ("minimum", true, false), ("exclusiveMinimum", true, true), ("maximum", false, false),
            ("exclusiveMaximum", false, true),
        ] {
            let schema = JSONValue.object(["type": "integer", keyword: .integer(bound)])
            let isEmpty = isExclusive && bound == (isLower ? Int.max : Int.min)
            #expect(code(schema) == (isEmpty ? .schemaUnsatisfiable : nil), "\(schema.text)")
            if isEmpty { continue }
            #expect(try schema.unenforced.isEmpty)
            for step in -2...2 {
                let value = bound.addingReportingOverflow(step)
                if value.overflow { continue }
                let isIn = (isLower ? step > 0 : step < 0) || (step == 0 && !isExclusive)
                #expect(try schema.allows("\(value.partialValue)") == isIn, "\(schema.text) \(value.partialValue)")
            }
        }
    }

    @Test func `constants are held against bounds exactly`() throws {
        let large = 9_007_199_254_740_993
        let schema: JSONValue = ["enum": [.integer(large), .integer(large - 1)], "minimum": .integer(large)]
        #expect(try schema.allows("\(large)") && !schema.allows("\(large - 1)"))
    }

    @Test func `bounds that nothing written reaches are told, or make no difference`() throws {
        #expect(code(["type": "integer", "minimum": 1e19]) == .schemaUnsatisfiable)
        #expect(code(["type": "number", "maximum": -1e300]) == .schemaUnsatisfiable)
        let open: JSONValue = ["type": "number", "minimum": -1e300, "maximum": 1e300]
        #expect(try open.unenforced.isEmpty && open.allows("12.5") && open.allows("-3"))
        let over: JSONValue = ["type": "number", "minimum": 1e15]
        #expect(try over.allows("1000000000000000") && over.allows("2000000000000001"))
        #expect(try !over.allows("999999999999999") && !over.allows("5"))
        let double: JSONValue = ["type": "integer", "maximum": 1e18]
        #expect(try double.allows("1000000000000000000") && !double.allows("1000000000000000001"))
    }

    @Test func `narrow bounds have the numbers between them`() throws {
        let narrow: JSONValue = [
            "type": "number", "minimum": 0.1234567890123, "maximum": 0.1234567890129,
        ]
        #expect(try narrow.allows("0.1234567890125") && narrow.allows("0.12345678901234"))
        #expect(try !narrow.allows("0.123456789012") && !narrow.allows("0.123456789013"))
        let one: JSONValue = ["type": "number", "minimum": 0.1234567890123456, "maximum": 0.1234567890123456]
        #expect(try one.allows("0.1234567890123456") && !one.allows("0.123456789012345"))
        let tiny: JSONValue = ["type": "number", "minimum": 1e-300, "maximum": 1]
        #expect(try tiny.allows("0.000000000001") && !tiny.allows("0") && tiny.unenforced.isEmpty)
    }

    @Test func `multiples within large bounds are exact`() throws {
        let low = 9_007_199_254_740_993
        let schema: JSONValue = [
            "type": "integer", "multipleOf": 10, "minimum": .integer(low), "maximum": .integer(low + 20),
        ]
        #expect(try schema.allows("9007199254741000") && schema.allows("9007199254741010"))
        #expect(try !schema.allows("9007199254740990") && !schema.allows("9007199254741020"))
        let negative: JSONValue = ["type": "integer", "multipleOf": 4, "minimum": -9, "exclusiveMaximum": 8]
        for value in -20...20 {
            #expect(try negative.allows("\(value)") == (value % 4 == 0 && -9 <= value && value < 8), "\(value)")
        }
    }
}
