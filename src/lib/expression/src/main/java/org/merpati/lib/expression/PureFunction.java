package org.merpati.lib.expression;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The functions, which depend on their arguments alone. {@code matches} is the parser's, since its regex is a literal. */
public enum PureFunction {
    // lists
    COUNT("count", 1, ListFunctions::count),
    SORT("sort", 1, 2, ListFunctions::sort),
    DEDUP("dedup", 1, ListFunctions::dedup),
    WINNOW("winnow", 1, ListFunctions::winnow),
    IS_INTERSECT("is_intersect", 2, ListFunctions::isIntersect),
    // addresses
    IS_EMAIL("is_email", 1, AddressFunctions::isEmail),
    EMAIL_PART("email_part", 2, AddressFunctions::emailPart),
    IS_IP_ADDR("is_ip_addr", 1, AddressFunctions::isIp),
    IS_IPV4_ADDR("is_ipv4_addr", 1, AddressFunctions::isIpv4),
    IS_IPV6_ADDR("is_ipv6_addr", 1, AddressFunctions::isIpv6),
    IS_IP_IN_CIDR("is_ip_in_cidr", 2, AddressFunctions::isIpInCidr),
    IP_REVERSE_NAME("ip_reverse_name", 1, AddressFunctions::ipReverseName),
    // any value
    IS_EMPTY(
            "is_empty",
            1,
            a -> Value.of(
                    a.value(0) instanceof Value.Items items
                            ? items.values().isEmpty()
                            : a.text(0).isEmpty())),
    IS_NUMBER("is_number", 1, a -> Value.of(Numbers.of(a.value(0)).isPresent())),
    LEN("len", 1, TextFunctions::len),
    IF_THEN("if_then", 3, a -> a.value(a.truth(0) ? 1 : 2)),
    // texts
    TRIM("trim", 1, a -> a.made(a.text(0).strip())),
    TRIM_END("trim_end", 1, a -> a.made(a.text(0).stripTrailing())),
    TRIM_START("trim_start", 1, a -> a.made(a.text(0).stripLeading())),
    TO_LOWERCASE("to_lowercase", 1, TextFunctions::toLowercase),
    TO_UPPERCASE("to_uppercase", 1, TextFunctions::toUppercase),
    IS_UPPERCASE("is_uppercase", 1, TextFunctions::isUppercase),
    IS_LOWERCASE("is_lowercase", 1, TextFunctions::isLowercase),
    HAS_DIGITS("has_digits", 1, a -> Value.of(a.text(0).codePoints().anyMatch(Character::isDigit))),
    COUNT_SPACES("count_spaces", 1, a -> TextFunctions.number(a, Character::isWhitespace)),
    COUNT_UPPERCASE("count_uppercase", 1, a -> TextFunctions.number(a, Character::isUpperCase)),
    COUNT_LOWERCASE("count_lowercase", 1, a -> TextFunctions.number(a, Character::isLowerCase)),
    COUNT_CHARS("count_chars", 2, TextFunctions::countChars),
    CONTAINS("contains", 2, TextFunctions::contains),
    CONTAINS_IGNORE_CASE("contains_ignore_case", 2, TextFunctions::containsIgnoreCase),
    EQ_IGNORE_CASE("eq_ignore_case", 2, a -> Value.of(a.folded(0).equals(a.folded(1)))),
    STARTS_WITH("starts_with", 2, a -> Value.of(a.text(0).startsWith(a.text(1)))),
    ENDS_WITH("ends_with", 2, a -> Value.of(a.text(0).endsWith(a.text(1)))),
    SUBSTRING("substring", 2, 3, TextFunctions::substring),
    STRIP_PREFIX("strip_prefix", 2, TextFunctions::stripPrefix),
    STRIP_SUFFIX("strip_suffix", 2, TextFunctions::stripSuffix),
    HASH("hash", 2, TextFunctions::hash),
    // from texts to lists
    LINES("lines", 1, SplitFunctions::lines),
    SPLIT("split", 2, SplitFunctions::split),
    RSPLIT("rsplit", 2, SplitFunctions::rsplit),
    SPLIT_ONCE("split_once", 2, SplitFunctions::splitOnce),
    RSPLIT_ONCE("rsplit_once", 2, SplitFunctions::rsplitOnce),
    SPLIT_N("split_n", 3, SplitFunctions::splitN),
    SPLIT_WORDS("split_words", 1, SplitFunctions::splitWords);

    private static final Map<String, PureFunction> BY_TOKEN =
            Arrays.stream(values()).collect(Collectors.toMap(PureFunction::token, each -> each));

    private final String token;
    private final int least;
    private final int most;
    private final Function<Arguments, Value> body;

    PureFunction(String token, int arguments, Function<Arguments, Value> body) {
        this(token, arguments, arguments, body);
    }

    PureFunction(String token, int least, int most, Function<Arguments, Value> body) {
        this.token = token;
        this.least = least;
        this.most = most;
        this.body = body;
    }

    static Optional<PureFunction> of(String token) {
        return Optional.ofNullable(BY_TOKEN.get(token));
    }

    /** Its name in a source. */
    public String token() {
        return token;
    }

    int least() {
        return least;
    }

    int most() {
        return most;
    }

    String arity() {
        return least == most ? least + (least == 1 ? " argument" : " arguments") : least + " to " + most + " arguments";
    }

    Value apply(Arguments arguments) {
        return body.apply(arguments);
    }
}
