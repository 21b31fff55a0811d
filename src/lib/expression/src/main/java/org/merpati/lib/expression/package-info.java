/**
 * The language of rules: routing, limits, rewriting, later Sieve's {@code eval}. An expression is parsed once against the
 * names it may use, and then evaluated any number of times, by any thread.
 *
 * <p>From the loosest to the tightest: {@code if a then b else c} and {@code a ? b : c}; {@code ||}; {@code &&};
 * {@code == !=}; {@code < <= > >= in}; {@code + -}; {@code * / %}; {@code ! -}; {@code list[0]}. Literals are
 * {@code 'text'} and {@code "text"}, {@code 10}, {@code 2.5}, {@code true}, {@code false}, {@code [1, 'two']};
 * {@code $0} to {@code $99} are what the last {@code matches(…)} that held has found. {@link
 * org.merpati.lib.expression.PureFunction} lists the functions.
 *
 * <p>Invariants:
 * <ul>
 * <li>no I/O, no clock, no chance: the same variables give the same value;
 * <li>whatever is wrong with a source is said when it is parsed, with line and column: names, functions, the number of
 *     their arguments, regular expressions, sizes ({@link org.merpati.lib.expression.Limits});
 * <li>evaluation costs at most its {@link org.merpati.lib.expression.Budget}, and values stay within the limits; regular
 *     expressions take linear time (RE2/J);
 * <li>there is no null: what is absent is the empty text.
 * </ul>
 */
@NullMarked
package org.merpati.lib.expression;

import org.jspecify.annotations.NullMarked;
