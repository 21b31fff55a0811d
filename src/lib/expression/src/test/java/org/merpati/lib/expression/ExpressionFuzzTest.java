package org.merpati.lib.expression;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Only ExpressionException escapes, and the same variables give the same value. */
class ExpressionFuzzTest {
    @FuzzTest
    void sources(byte[] input) {
        var source = new String(input, StandardCharsets.UTF_8);
        Expression expression;
        try {
            expression = Expression.parse(source, ExpressionTest.NAMES);
        } catch (ExpressionSyntaxException e) {
            return;
        }
        try {
            var value = expression.evaluate(ExpressionTest.VARIABLES, Budget.of(10_000));
            if (!value.equals(expression.evaluate(ExpressionTest.VARIABLES, Budget.of(10_000)))) {
                throw new AssertionError(source);
            }
        } catch (EvaluationException e) {
            e.position();
        }
    }
}
