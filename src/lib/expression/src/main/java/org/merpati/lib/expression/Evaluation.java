package org.merpati.lib.expression;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import org.merpati.lib.expression.EvaluationException.Fault;
import org.merpati.lib.expression.Value.Items;
import org.merpati.lib.expression.Value.Text;
import org.merpati.lib.expression.Value.Whole;

/** One evaluation: the budget, and what the last {@code matches} that held has found. */
final class Evaluation {
    private final String source;
    private final Variables variables;
    private final Budget budget;
    private String[] captures;

    Evaluation(String source, Variables variables, Budget budget, String[] captures) {
        this.source = source;
        this.variables = variables;
        this.budget = budget;
        this.captures = captures;
    }

    /** Another source's, which goes on from here. */
    Evaluation of(String other) {
        return new Evaluation(other, variables, budget, captures);
    }

    Value value(Node node) {
        spend(node, 1);
        return switch (node) {
            case Node.Literal literal -> literal.value();
            case Node.Variable variable -> variables.get(variable.name());
            case Node.Capture capture ->
                capture.number() < captures.length ? Value.of(captures[capture.number()]) : Value.EMPTY;
            case Node.ListOf list -> list(list);
            case Node.Not not -> Value.of(!value(not.of()).holds());
            case Node.Negative negative -> new Arithmetic(this, negative).negative(value(negative.of()));
            case Node.Binary binary -> binary(binary);
            case Node.Choice choice -> value(value(choice.condition()).holds() ? choice.then() : choice.otherwise());
            case Node.Item item -> item(item);
            case Node.Matches matches -> matches(matches);
            case Node.Call call -> call(call);
        };
    }

    private Value list(Node.ListOf list) {
        var values = new ArrayList<Value>();
        for (var part : list.parts()) {
            values.add(value(part));
        }
        return new Items(values);
    }

    private Value binary(Node.Binary node) {
        var left = value(node.left());
        var operator = node.operator();
        if (operator == Operator.OR || operator == Operator.AND) {
            boolean decided = left.holds() == (operator == Operator.OR);
            return Value.of(decided ? left.holds() : value(node.right()).holds());
        }
        var right = value(node.right());
        return switch (operator) {
            case EQUAL -> Value.of(new Comparison(this, node).equal(left, right));
            case UNEQUAL -> Value.of(!new Comparison(this, node).equal(left, right));
            case LESS -> Value.of(new Comparison(this, node).compare(left, right) < 0);
            case LESS_OR_EQUAL -> Value.of(new Comparison(this, node).compare(left, right) <= 0);
            case GREATER -> Value.of(new Comparison(this, node).compare(left, right) > 0);
            case GREATER_OR_EQUAL -> Value.of(new Comparison(this, node).compare(left, right) >= 0);
            case IN -> Value.of(new Comparison(this, node).in(left, right));
            case PLUS -> new Arithmetic(this, node).plus(left, right);
            default -> new Arithmetic(this, node).of(operator, left, right);
        };
    }

    /** Outside of the list there is nothing, which is the empty text. */
    private Value item(Node.Item node) {
        var list = value(node.list());
        var index = value(node.index());
        if (!(list instanceof Items items)) {
            throw fail(Fault.KIND, node, "expected a list before [, found " + list.kind());
        }
        if (!(index instanceof Whole number)) {
            throw fail(Fault.KIND, node, "expected a whole number in [], found " + index.kind());
        }
        long at = number.value();
        return at >= 0 && at < items.values().size() ? items.values().get((int) at) : Value.EMPTY;
    }

    private Value matches(Node.Matches node) {
        var text = text(node, value(node.of()));
        Pattern pattern = node.pattern();
        spend(node, (long) pattern.programSize() * text.length() / 16);
        var matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return Value.of(false);
        }
        var found = new String[matcher.groupCount() + 1];
        for (int i = 0; i < found.length; i++) {
            var group = matcher.group(i);
            found[i] = group == null ? "" : group;
        }
        captures = found;
        return Value.of(true);
    }

    private Value call(Node.Call node) {
        if (node.function() == PureFunction.IF_THEN) {
            boolean holds = value(node.parts().get(0)).holds();
            return value(node.parts().get(holds ? 1 : 2));
        }
        var values = new ArrayList<Value>();
        for (var part : node.parts()) {
            values.add(value(part));
        }
        return node.function().apply(new Arguments(this, node, values));
    }

    /** As text; a list is none. */
    String text(Node node, Value value) {
        if (value instanceof Items) {
            throw fail(Fault.KIND, node, "expected a text, found a list");
        }
        return value.toString();
    }

    void spend(Node node, long steps) {
        if (!budget.spend(steps)) {
            throw fail(Fault.BUDGET, node, "the budget is spent");
        }
    }

    /** A search may compare each character of the one with each of the other. */
    void spendOnSearch(Node node, String text, String part) {
        spend(node, text.length() / 16 + (long) text.length() * part.length() / 1024);
    }

    /** What a part of the tree has made, if it is small enough. */
    Value made(Node node, String text) {
        if (text.length() > Limits.TEXT) {
            throw fail(Fault.TOO_LARGE, node, "a text of more than " + Limits.TEXT + " characters");
        }
        spend(node, text.length() / 16);
        return text.isEmpty() ? Value.EMPTY : new Text(text);
    }

    Value made(Node node, List<Value> items) {
        if (items.size() > Limits.ITEMS) {
            throw fail(Fault.TOO_LARGE, node, "a list of more than " + Limits.ITEMS + " items");
        }
        spend(node, items.size());
        return new Items(items);
    }

    EvaluationException fail(Fault fault, Node node, String problem) {
        return new EvaluationException(fault, Position.of(source, node.at()), problem);
    }
}
