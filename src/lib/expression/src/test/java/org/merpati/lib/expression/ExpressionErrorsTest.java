package org.merpati.lib.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.merpati.lib.expression.ExpressionSyntaxException.Fault;

class ExpressionErrorsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|1:1|expected a value, found the end",
                "1 +|1:4|expected a value, found the end",
                "1 2|1:3|expected an operator or the end, found '2'",
                "(1|1:3|expected ')', found the end",
                "[1, 2|1:6|expected ',' or ']', found the end",
                "[1 2]|1:4|expected ',' or ']', found '2'",
                "[1,]|1:4|expected a value, found ']'",
                "trim(|1:6|expected a value, found the end",
                "trim(1 2)|1:8|expected ',' or ')', found '2'",
                "if 1 2|1:6|expected 'then', found '2'",
                "if 1 then 2|1:12|expected 'else', found the end",
                "1 ? 2|1:6|expected ':', found the end",
                "1 = 2|1:3|unexpected character '='",
                "1 & 2|1:3|unexpected character '&'",
                "1ä|1:2|unexpected character U+00E4",
                "'abc|1:1|expected a closing quote for this one",
                "'abc\\|1:1|expected a closing quote for this one",
                "$x|1:1|expected a number up to 99 after $",
                "$100|1:1|expected a number up to 99 after $",
                "12ab|1:3|expected the end of a number",
                "1.2.3|1:4|expected the end of a number",
                "1.|1:2|expected the end of a number",
                "then|1:1|expected a value, found 'then'",
                "matches(size, 'x')|1:9|expected a regular expression between quotes, found 'size'",
                "matches('x')|1:12|expected ',', found ')'",
            })
    void whatIsExpectedIsSaidWithItsPlace(String source, String position, String problem) {
        var e = fails(source);
        assertThat(e.problem()).isEqualTo(problem);
        assertThat(e.position()).hasToString(position);
        assertThat(e.fault()).isEqualTo(Fault.UNEXPECTED);
        assertThat(e).hasMessage(position + ": " + problem);
    }

    @Test
    void unknownNamesAreSaidWithTheKnownOnes() {
        var e = fails("size > 10 &&\n  recpt == ''");
        assertThat(e.fault()).isEqualTo(Fault.UNKNOWN_VARIABLE);
        assertThat(e.position()).isEqualTo(new Position(2, 3));
        assertThat(e.problem())
                .isEqualTo("no variable recpt here; there are: "
                        + "body.text, disable, listener, mebi, nothing, rcpt, rcpts, sender, size");
        assertThat(fails("1 + nofun(1)").position()).isEqualTo(new Position(1, 5));
        assertThat(fails("1 + nofun(1)").fault()).isEqualTo(Fault.UNKNOWN_FUNCTION);
        assertThat(fails("trim").fault()).isEqualTo(Fault.UNKNOWN_VARIABLE);
    }

    @Test
    void argumentsAreCounted() {
        assertThat(fails("trim()").problem()).isEqualTo("trim takes 1 argument, not 0");
        assertThat(fails("substring('a')").problem()).isEqualTo("substring takes 2 to 3 arguments, not 1");
        assertThat(fails("if_then(1, 2)").fault()).isEqualTo(Fault.ARGUMENTS);
    }

    @Test
    void regularExpressionsAreCheckedWhenTheyAreParsed() {
        var e = fails("matches('a(b', rcpt)");
        assertThat(e.fault()).isEqualTo(Fault.REGEX);
        assertThat(e.position()).isEqualTo(new Position(1, 9));
        assertThat(fails("matches('(a)\\1', rcpt)").fault()).isEqualTo(Fault.REGEX);
        assertThat(fails("matches('" + "a".repeat(1001) + "', rcpt)").fault()).isEqualTo(Fault.TOO_LARGE);
        for (var regex : new String[] {"((a{100}){100}){100}", "(\\pL{500}){2}".repeat(10), "()".repeat(100)}) {
            assertThat(fails("matches('" + regex + "', rcpt)").fault())
                    .as(regex)
                    .isIn(Fault.TOO_LARGE, Fault.REGEX);
        }
    }

    @Test
    void sourcesThatAreTooLargeAreRefused() {
        for (var source : new String[] {
            "1" + " ".repeat(Limits.SOURCE),
            "(".repeat(65) + "1" + ")".repeat(65),
            "[".repeat(65) + "]".repeat(65),
            "!".repeat(65) + "1",
            "-".repeat(4000) + "1",
            "trim(".repeat(65) + "'x'" + ")".repeat(65),
            "if 1 then 1 else ".repeat(65) + "1",
            "1 ? 1 : ".repeat(65) + "1",
            "1" + "+1".repeat(600),
            "[]" + "[0]".repeat(600),
            "[" + "1,".repeat(1000) + "1]",
            "9223372036854775808",
            "9".repeat(400) + ".0"
        }) {
            assertThat(fails(source).fault()).as(source.substring(0, 10)).isEqualTo(Fault.TOO_LARGE);
        }
        assertThat(ExpressionTest.of("1" + "+1".repeat(500))).isEqualTo(Value.of(501));
        assertThat(ExpressionTest.of("(".repeat(60) + "1" + ")".repeat(60))).isEqualTo(Value.of(1));
    }

    @Test
    void arithmeticThatHasNoResultIsSaidWithItsPlace() {
        for (var source : new String[] {
            "1 / 0",
            "1 % 0",
            "1.0 / 0",
            "1 / 0.0",
            "9223372036854775807 + 1",
            "-9223372036854775807 - 2",
            "9223372036854775807 * 2",
            "(-9223372036854775807 - 1) / -1",
            "-(-9223372036854775807 - 1)"
        }) {
            var e = catchThrowableOfType(EvaluationException.class, () -> ExpressionTest.of(source));
            assertThat(e.fault()).as(source).isEqualTo(EvaluationException.Fault.ARITHMETIC);
        }
        var e = catchThrowableOfType(EvaluationException.class, () -> ExpressionTest.of("true &&\n 1 / 0"));
        assertThat(e.position()).isEqualTo(new Position(2, 4));
    }

    @Test
    void theBudgetEndsAnEvaluation() {
        var expression = Expression.parse("1 + 2", ExpressionTest.NAMES);
        assertThat(expression.evaluate(ExpressionTest.VARIABLES, Budget.of(3))).isEqualTo(Value.of(3));
        assertFails(EvaluationException.Fault.BUDGET, "1 + 2", Budget.of(2), Map.of());
        var shared = Budget.of(5);
        var unused = expression.evaluate(ExpressionTest.VARIABLES, shared);
        assertThat(shared.left()).isEqualTo(2);
        assertFails(EvaluationException.Fault.BUDGET, "1 + 2", shared, Map.of());
        assertFails(EvaluationException.Fault.BUDGET, "1", shared, Map.of());
    }

    @Test
    void whatWouldTakeLongCostsMuch() {
        var a = Value.of("a".repeat(60_000));
        var half = Value.of("a".repeat(30_000) + "b");
        for (var source : new String[] {
            "contains(rcpt, sender)",
            "sender in rcpt",
            "split(rcpt, sender)",
            "rsplit_once(rcpt, sender)",
            "contains_ignore_case(rcpt, sender)",
            "matches('(x+x+)+y', rcpt) || matches('(.*a){100}b', rcpt)"
        }) {
            assertFails(EvaluationException.Fault.BUDGET, source, Budget.standard(), Map.of("rcpt", a, "sender", half));
        }
    }

    @Test
    void valuesThatGrowTooLargeEndAnEvaluation() {
        var large = Map.<String, Value>of("rcpt", Value.of("a,".repeat(30_000)));
        assertFails(EvaluationException.Fault.TOO_LARGE, "rcpt + rcpt", Budget.standard(), large);
        assertFails(EvaluationException.Fault.TOO_LARGE, "split(rcpt, ',')", Budget.standard(), large);
        assertFails(EvaluationException.Fault.TOO_LARGE, "split_words(rcpt)", Budget.standard(), large);
        var items = Map.<String, Value>of("rcpts", new Value.Items(java.util.Collections.nCopies(600, Value.of(1))));
        assertFails(EvaluationException.Fault.TOO_LARGE, "rcpts + rcpts", Budget.standard(), items);
    }

    @Test
    void namesAreNames() {
        for (var name : new String[] {"", "1a", "a-b", "a.", "in", "true"}) {
            assertThatThrownBy(() -> Names.of(name)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void assertFails(
            EvaluationException.Fault fault, String source, Budget budget, Map<String, Value> values) {
        var expression = Expression.parse(source, ExpressionTest.NAMES);
        var e = catchThrowableOfType(
                EvaluationException.class, () -> expression.evaluate(Variables.of(values), budget));
        assertThat(e).as(source).isNotNull();
        assertThat(e.fault()).as(source).isEqualTo(fault);
    }

    private static ExpressionSyntaxException fails(String source) {
        var e = catchThrowableOfType(
                ExpressionSyntaxException.class, () -> Expression.parse(source, ExpressionTest.NAMES));
        assertThat(e).as(source).isNotNull();
        return e;
    }
}
