package org.merpati.lib.expression;

import java.util.List;

/** Operators between two operands, by level: the looser first. */
enum Operator {
    OR("||"),
    AND("&&"),
    EQUAL("=="),
    UNEQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    IN("in"),
    PLUS("+"),
    MINUS("-"),
    TIMES("*"),
    DIVIDED("/"),
    MODULO("%");

    static final List<List<Operator>> LEVELS = List.of(
            List.of(OR),
            List.of(AND),
            List.of(EQUAL, UNEQUAL),
            List.of(LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, IN),
            List.of(PLUS, MINUS),
            List.of(TIMES, DIVIDED, MODULO));

    private final String sign;

    Operator(String sign) {
        this.sign = sign;
    }

    String sign() {
        return sign;
    }
}
