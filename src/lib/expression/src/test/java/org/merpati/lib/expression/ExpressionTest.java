package org.merpati.lib.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
    static final Names NAMES = Names.of("rcpt", "sender", "size", "listener", "rcpts", "body.text", "nothing")
            .with(Map.of("disable", Value.of("disable"), "mebi", Value.of(1_048_576)));

    static final Variables VARIABLES = Variables.of(Map.of(
            "rcpt", Value.of("John.Doe+tag@Example.ORG"),
            "sender", Value.of("ann@example.net"),
            "size", Value.of(2000),
            "listener", Value.of("submission"),
            "rcpts", Value.texts(List.of("a@x", "b@y")),
            "body.text", Value.of("hello world")));

    static Value of(String source) {
        return Expression.parse(source, NAMES).evaluate(VARIABLES, Budget.standard());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                // literals
                "1~1",
                "0~0",
                "2.50~2.5",
                "true~true",
                "false~false",
                "'say \"x\"'~say \"x\"",
                "\"it's\"~it's",
                "'\\''~'",
                "'\\.\\d'~\\.\\d",
                "'\\\\n'~\\n",
                "[]~[]",
                "[1, 'b', [true]]~[1, b, [true]]",
                // variables and constants
                "size~2000",
                "body.text~hello world",
                "nothing == ''~true",
                "disable~disable",
                "3 * mebi~3145728",
                // arithmetic
                "1 + 2~3",
                "5 - 7~-2",
                "6 * 7~42",
                "7 / 2~3",
                "-7 / 2~-3",
                "7 % 3~1",
                "7.0 / 2~3.5",
                "1 + 0.5~1.5",
                "5.5 % 2~1.5",
                "-size~-2000",
                "- -3~3",
                "'7' * '6'~42",
                "'1.5' * 2~3.0",
                "'7' + 6~76",
                "'a' + 'b' + 1 + true~ab1true",
                "1 + 2 + 'x'~3x",
                "[1] + [2]~[1, 2]",
                "9223372036854775807 % -1~0",
                // comparison
                "1 == 1.0~true",
                "'1' == 1~true",
                "'01' == 1~true",
                "'01' == '1'~false",
                "'a' == 1~false",
                "true == 1~false",
                "true == true~true",
                "[1, 2] == [1, '2']~true",
                "[1] == [1, 2]~false",
                "'a' != 'b'~true",
                "1 < 2~true",
                "2 < 10~true",
                "'2' < '10'~false",
                "'2' < 10~true",
                "2 <= 2~true",
                "3 > 2.5~true",
                "2 >= 3~false",
                "9007199254740993 > 9007199254740992.0~true",
                "'a' in ['b', 'a']~true",
                "'c' in ['b', 'a']~false",
                "1 in ['1']~true",
                "'ell' in 'hello'~true",
                // logic
                "true && false~false",
                "true || false~true",
                "!true~false",
                "!!'x'~true",
                "!''~true",
                "![]~true",
                "!0~true",
                "!0.0~true",
                "'x' && [1]~true",
                "false && 1 / 0~false",
                "true || 1 / 0~true",
                // choice
                "true ? 1 : 2~1",
                "false ? 1 : true ? 2 : 3~2",
                "if size > 1000 then 'big' else 'small'~big",
                "if false then 1 else if size == 2000 then 2 else 3~2",
                "if true then 1 else 1 / 0~1",
                "if_then(false, 1 / 0, 'no')~no",
                // items
                "rcpts[1]~b@y",
                "[1, 2][0]~1",
                "[[1, 2], 3][0][1]~2",
                "rcpts[2] == ''~true",
                "rcpts[-1] == ''~true",
            })
    void valuesAreWhatTheTableSays(String source, String expected) {
        assertThat(of(source)).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "1 + 2 * 3~7",
                "(1 + 2) * 3~9",
                "10 - 4 - 3~3",
                "100 / 10 / 5~2",
                "1 + 1 == 2~true",
                "1 < 2 == true~true",
                "1 == 1 && 2 == 3 || true~true",
                "true || true && false~true",
                "(true || true) && false~false",
                "!false && false~false",
                "!(false && false)~true",
                "-2 * 3~-6",
                "-[5][0]~-5",
                "1 < 2 ? 3 + 4 : 5~7",
                "2 in [1, 2] && true~true",
                "1 + 1 in [2]~true"
            })
    void operatorsBindAsTheGrammarSays(String source, String expected) {
        assertThat(of(source)).hasToString(expected);
    }

    @Test
    void capturesAreOfTheLastMatchThatHeld() {
        assertThat(of("if matches('^(.+)\\+.*@(.+)$', rcpt) then $1 + '@' + to_lowercase($2) else rcpt"))
                .hasToString("John.Doe@example.org");
        assertThat(of("matches('a(n+)', sender) && !matches('(z)', sender) ? $0 + $1 + $2 : ''"))
                .hasToString("annnn");
        assertThat(of("matches('(x)|(a)', sender) ? [$1, $2] : 0")).hasToString("[, a]");
        assertThat(of("$0")).isEqualTo(Value.EMPTY);
        assertThat(of("matches('(?i)EXAMPLE', sender)")).isEqualTo(Value.of(true));
        assertThat(of("matches('', '')")).isEqualTo(Value.of(true));
    }

    @Test
    void anExpressionKeepsNothingOfAnEvaluation() {
        var expression = Expression.parse("matches('(.)@', rcpt) ? $1 : $1", NAMES);
        assertThat(expression.evaluate(name -> Value.of("b@x"), Budget.standard()))
                .hasToString("b");
        assertThat(expression.evaluate(name -> Value.of("none"), Budget.standard()))
                .isEqualTo(Value.EMPTY);
        assertThat(expression).hasToString("matches('(.)@', rcpt) ? $1 : $1");
    }

    @Test
    void theFirstRuleThatHoldsDecides() {
        var rules = new Rules(
                List.of(
                        Rules.Rule.parse("listener == 'smtp'", "'relay'", NAMES),
                        Rules.Rule.parse("matches('^(.+)@example.net$', sender)", "$1", NAMES),
                        Rules.Rule.parse("true", "1 / 0", NAMES)),
                Optional.of(Expression.parse("disable", NAMES)));
        assertThat(rules.evaluate(VARIABLES, Budget.standard()).orElseThrow()).hasToString("ann");
        var none = new Rules(List.of(Rules.Rule.parse("false", "1", NAMES)), Optional.empty());
        assertThat(none.evaluate(VARIABLES, Budget.standard())).isEmpty();
        var otherwise = new Rules(none.rules(), rules.otherwise());
        assertThat(otherwise.evaluate(VARIABLES, Budget.standard())).contains(Value.of("disable"));
    }

    @Test
    void variablesAreAskedForOnlyWhenTheyAreMet() {
        var asked = new java.util.ArrayList<String>();
        Variables remembering = name -> {
            asked.add(name);
            return Value.of("x");
        };
        Expression.parse("sender == 'x' || rcpt == 'x'", NAMES).evaluate(remembering, Budget.standard());
        assertThat(asked).containsExactly("sender");
    }
}
