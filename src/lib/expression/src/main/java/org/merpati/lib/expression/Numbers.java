package org.merpati.lib.expression;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.merpati.lib.expression.Value.Decimal;
import org.merpati.lib.expression.Value.Text;
import org.merpati.lib.expression.Value.Whole;

/** Numbers, also where a text says one: what a regular expression has found is a text. */
final class Numbers {
    private static final int LONGEST = 40;
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

    private Numbers() {}

    static Optional<Value> of(Value value) {
        return switch (value) {
            case Whole whole -> Optional.of(whole);
            case Decimal decimal -> Optional.of(decimal);
            case Text text -> of(text.value());
            default -> Optional.empty();
        };
    }

    private static Optional<Value> of(String text) {
        if (text.isEmpty() || text.length() > LONGEST || !NUMBER.matcher(text).matches()) {
            return Optional.empty();
        }
        if (text.indexOf('.') >= 0) {
            return Optional.of(Value.of(Double.parseDouble(text)));
        }
        try {
            return Optional.of(Value.of(Long.parseLong(text)));
        } catch (NumberFormatException e) {
            return Optional.of(Value.of(Double.parseDouble(text)));
        }
    }

    static double decimal(Value number) {
        return number instanceof Whole whole ? whole.value() : ((Decimal) number).value();
    }

    private static BigDecimal exact(Value number) {
        return number instanceof Whole whole
                ? BigDecimal.valueOf(whole.value())
                : new BigDecimal(((Decimal) number).value());
    }

    /** Exactly, so that an order of many is one. */
    static int compare(Value one, Value other) {
        return exact(one).compareTo(exact(other));
    }
}
