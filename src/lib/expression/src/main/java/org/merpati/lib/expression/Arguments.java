package org.merpati.lib.expression;

import java.util.List;
import java.util.Locale;
import org.merpati.lib.expression.EvaluationException.Fault;
import org.merpati.lib.expression.Value.Items;
import org.merpati.lib.expression.Value.Whole;

/** What a function was called with. Taking a text or a list pays for handling it. */
record Arguments(Evaluation evaluation, Node.Call call, List<Value> values) {
    boolean has(int index) {
        return index < values.size();
    }

    Value value(int index) {
        return values.get(index);
    }

    String text(int index) {
        if (values.get(index) instanceof Items) {
            throw wrong(index, "a text");
        }
        var text = values.get(index).toString();
        evaluation.spend(call, text.length() / 16);
        return text;
    }

    /** In lower case, to compare without regard to it. */
    String folded(int index) {
        return text(index).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    List<Value> items(int index) {
        if (!(values.get(index) instanceof Items items)) {
            throw wrong(index, "a list");
        }
        evaluation.spend(call, items.values().size());
        return items.values();
    }

    /** Not negative; one that is larger than any text is cut down. */
    int size(int index) {
        if (!(values.get(index) instanceof Whole number) || number.value() < 0) {
            throw wrong(index, "a whole number from 0");
        }
        return (int) Math.min(number.value(), Integer.MAX_VALUE);
    }

    boolean truth(int index) {
        return values.get(index).holds();
    }

    /** Before looking for one text in another. */
    void search(String text, String part) {
        evaluation.spendOnSearch(call, text, part);
    }

    void spend(long steps) {
        evaluation.spend(call, steps);
    }

    Comparison comparison() {
        return new Comparison(evaluation, call);
    }

    Value made(String text) {
        return evaluation.made(call, text);
    }

    Value made(List<Value> items) {
        return evaluation.made(call, items);
    }

    EvaluationException wrong(int index, String expected) {
        return evaluation.fail(
                Fault.KIND,
                call,
                call.function().token() + " expects " + expected + " as argument " + (index + 1) + ", found "
                        + values.get(index).kind());
    }
}
