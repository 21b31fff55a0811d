package org.merpati.lib.expression;

import java.util.ArrayList;
import org.merpati.lib.expression.EvaluationException.Fault;
import org.merpati.lib.expression.Value.Items;
import org.merpati.lib.expression.Value.Text;
import org.merpati.lib.expression.Value.Whole;

/**
 * What the signs of arithmetic do. Two whole numbers give a whole one, also by division; a text that says a number counts as
 * it, except for {@code +}, which joins texts, and lists.
 */
record Arithmetic(Evaluation evaluation, Node node) {
    Value negative(Value value) {
        return of(Operator.MINUS, Value.of(0), value);
    }

    Value plus(Value left, Value right) {
        if (left instanceof Items a && right instanceof Items b) {
            var all = new ArrayList<>(a.values());
            all.addAll(b.values());
            return evaluation.made(node, all);
        }
        if (left instanceof Text || right instanceof Text) {
            return evaluation.made(node, evaluation.text(node, left) + evaluation.text(node, right));
        }
        return of(Operator.PLUS, left, right);
    }

    Value of(Operator operator, Value left, Value right) {
        var a = number(left);
        var b = number(right);
        try {
            return a instanceof Whole x && b instanceof Whole y
                    ? Value.of(whole(operator, x.value(), y.value()))
                    : decimal(operator, Numbers.decimal(a), Numbers.decimal(b));
        } catch (ArithmeticException e) {
            throw evaluation.fail(Fault.ARITHMETIC, node, "a number that is too large");
        }
    }

    private long whole(Operator operator, long a, long b) {
        return switch (operator) {
            case PLUS -> Math.addExact(a, b);
            case MINUS -> Math.subtractExact(a, b);
            case TIMES -> Math.multiplyExact(a, b);
            case DIVIDED -> Math.divideExact(a, divisor(b));
            default -> divisor(b) == -1 ? 0 : a % b;
        };
    }

    private long divisor(long b) {
        if (b == 0) {
            throw evaluation.fail(Fault.ARITHMETIC, node, "a division by zero");
        }
        return b;
    }

    private Value decimal(Operator operator, double a, double b) {
        double result = switch (operator) {
            case PLUS -> a + b;
            case MINUS -> a - b;
            case TIMES -> a * b;
            case DIVIDED -> a / b;
            default -> a % b;
        };
        if (!Double.isFinite(result)) {
            throw evaluation.fail(Fault.ARITHMETIC, node, b == 0 ? "a division by zero" : "a number that is too large");
        }
        return Value.of(result);
    }

    private Value number(Value value) {
        return Numbers.of(value)
                .orElseThrow(() -> evaluation.fail(Fault.KIND, node, "expected a number, found " + value.kind()));
    }
}
