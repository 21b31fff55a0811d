package org.merpati.lib.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.merpati.lib.expression.ExpressionSyntaxException.Fault;
import org.merpati.lib.expression.Lexer.Kind;
import org.merpati.lib.expression.Lexer.Token;

/** Reads a source into its tree, one method a level; the package comment has the grammar. */
final class Parser {
    private final Lexer lexer;
    private final Names names;
    private final IdentityHashMap<Node, Integer> depths = new IdentityHashMap<>();
    private Token token;
    private int nesting;

    private Parser(String source, Names names) {
        this.lexer = new Lexer(source);
        this.names = names;
        this.token = lexer.next();
    }

    static Node parse(String source, Names names) {
        if (source.length() > Limits.SOURCE) {
            throw new ExpressionSyntaxException(
                    Fault.TOO_LARGE, new Position(1, 1), "more than " + Limits.SOURCE + " characters");
        }
        var parser = new Parser(source, names);
        var node = parser.whole();
        if (parser.token.kind() != Kind.END) {
            throw parser.unexpected("an operator or the end");
        }
        return node;
    }

    private Node whole() {
        if (++nesting > Limits.NESTING) {
            throw lexer.fail(Fault.TOO_LARGE, token.at(), "more than " + Limits.NESTING + " levels of nesting");
        }
        var node = choice();
        nesting--;
        return node;
    }

    private Node choice() {
        int at = token.at();
        if (take("if")) {
            var condition = whole();
            expect("then");
            var then = whole();
            expect("else");
            return made(new Node.Choice(at, condition, then, whole()));
        }
        var condition = binary(0);
        if (!take("?")) {
            return condition;
        }
        var then = whole();
        expect(":");
        return made(new Node.Choice(at, condition, then, whole()));
    }

    private Node binary(int level) {
        if (level == Operator.LEVELS.size()) {
            return unary();
        }
        var left = binary(level + 1);
        for (var operator = operator(level); operator != null; operator = operator(level)) {
            int at = token.at();
            token = lexer.next();
            left = made(new Node.Binary(at, operator, left, binary(level + 1)));
        }
        return left;
    }

    private @org.jspecify.annotations.Nullable Operator operator(int level) {
        for (var operator : Operator.LEVELS.get(level)) {
            if (token.is(operator.sign())) {
                return operator;
            }
        }
        return null;
    }

    private Node unary() {
        int at = token.at();
        boolean not = token.is("!");
        if (!not && !token.is("-")) {
            return postfix();
        }
        token = lexer.next();
        if (++nesting > Limits.NESTING) {
            throw lexer.fail(Fault.TOO_LARGE, at, "more than " + Limits.NESTING + " levels of nesting");
        }
        var of = unary();
        nesting--;
        return made(not ? new Node.Not(at, of) : new Node.Negative(at, of));
    }

    private Node postfix() {
        var node = primary();
        for (int at = token.at(); take("["); at = token.at()) {
            node = made(new Node.Item(at, node, whole()));
            expect("]");
        }
        return node;
    }

    private Node primary() {
        var start = token;
        if (take("(")) {
            var inner = whole();
            expect(")");
            return inner;
        }
        if (take("[")) {
            return made(new Node.ListOf(start.at(), list("]")));
        }
        if (start.kind() == Kind.END || (start.kind() == Kind.SIGN && !start.is("true") && !start.is("false"))) {
            throw unexpected("a value");
        }
        token = lexer.next();
        return switch (start.kind()) {
            case WHOLE -> literal(start, whole(start));
            case DECIMAL -> literal(start, decimal(start));
            case TEXT -> literal(start, Value.of(start.text()));
            case CAPTURE -> made(new Node.Capture(start.at(), Integer.parseInt(start.text())));
            case NAME -> take("(") ? call(start) : variable(start);
            case SIGN -> literal(start, Value.of(start.is("true")));
            case END -> throw unexpected("a value");
        };
    }

    private Node literal(Token at, Value value) {
        return made(new Node.Literal(at.at(), value));
    }

    private Value whole(Token digits) {
        try {
            return Value.of(Long.parseLong(digits.text()));
        } catch (NumberFormatException e) {
            throw lexer.fail(Fault.TOO_LARGE, digits.at(), "a number over " + Long.MAX_VALUE);
        }
    }

    private Value decimal(Token digits) {
        double value = Double.parseDouble(digits.text());
        if (!Double.isFinite(value)) {
            throw lexer.fail(Fault.TOO_LARGE, digits.at(), "a number over " + Double.MAX_VALUE);
        }
        return Value.of(value);
    }

    private Node variable(Token name) {
        var constant = names.constant(name.text());
        if (constant.isPresent()) {
            return literal(name, constant.get());
        }
        if (!names.has(name.text())) {
            throw lexer.fail(
                    Fault.UNKNOWN_VARIABLE, name.at(), "no variable " + name.text() + " here; there are: " + names);
        }
        return made(new Node.Variable(name.at(), name.text()));
    }

    private Node call(Token name) {
        if (name.text().equals("matches")) {
            return matches(name);
        }
        var function = PureFunction.of(name.text())
                .orElseThrow(() -> lexer.fail(Fault.UNKNOWN_FUNCTION, name.at(), "no function " + name.text()));
        var arguments = list(")");
        if (arguments.size() < function.least() || arguments.size() > function.most()) {
            throw lexer.fail(
                    Fault.ARGUMENTS,
                    name.at(),
                    function.token() + " takes " + function.arity() + ", not " + arguments.size());
        }
        return made(new Node.Call(name.at(), function, arguments));
    }

    /** {@code matches(regex, value)}: the first is a literal, so that what is wrong with it is known now. */
    private Node matches(Token name) {
        var regex = token;
        if (regex.kind() != Kind.TEXT) {
            throw unexpected("a regular expression between quotes");
        }
        token = lexer.next();
        expect(",");
        var of = whole();
        expect(")");
        return made(new Node.Matches(name.at(), pattern(regex), of));
    }

    private Pattern pattern(Token regex) {
        if (regex.text().length() > Limits.REGEX) {
            throw lexer.fail(Fault.TOO_LARGE, regex.at(), "a regular expression over " + Limits.REGEX + " characters");
        }
        try {
            var pattern = Pattern.compile(regex.text());
            if (pattern.programSize() > Limits.REGEX_PROGRAM || pattern.groupCount() > Limits.CAPTURES) {
                throw lexer.fail(Fault.TOO_LARGE, regex.at(), "a regular expression that is too complex");
            }
            return pattern;
        } catch (PatternSyntaxException e) {
            throw lexer.fail(Fault.REGEX, regex.at(), "a regular expression with " + e.getDescription());
        }
    }

    /** What stands between commas up to {@code end}, which is taken too. */
    private List<Node> list(String end) {
        var nodes = new ArrayList<Node>();
        if (take(end)) {
            return List.of();
        }
        do {
            if (nodes.size() == Limits.ITEMS) {
                throw lexer.fail(Fault.TOO_LARGE, token.at(), "more than " + Limits.ITEMS + " items");
            }
            nodes.add(whole());
        } while (take(","));
        if (!take(end)) {
            throw unexpected("',' or '" + end + "'");
        }
        return List.copyOf(nodes);
    }

    private Node made(Node node) {
        int depth = 1;
        for (var part : node.parts()) {
            depth = Math.max(depth, 1 + depths.getOrDefault(part, 1));
        }
        if (depth > Limits.DEPTH) {
            throw lexer.fail(Fault.TOO_LARGE, node.at(), "more than " + Limits.DEPTH + " operators in a chain");
        }
        depths.put(node, depth);
        return node;
    }

    private boolean take(String sign) {
        if (!token.is(sign)) {
            return false;
        }
        token = lexer.next();
        return true;
    }

    private void expect(String sign) {
        if (!take(sign)) {
            throw unexpected("'" + sign + "'");
        }
    }

    private ExpressionSyntaxException unexpected(String expected) {
        return lexer.fail(Fault.UNEXPECTED, token.at(), "expected " + expected + ", found " + token);
    }
}
