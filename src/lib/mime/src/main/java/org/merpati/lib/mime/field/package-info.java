/**
 * What stands in a header field: addresses, dates, ids, content types with their parameters, trace and list fields (RFC 5322,
 * 2045, 2047, 2183, 2231, 2369, 2919, 6532).
 *
 * <p>Every {@code parse} takes a field's body as text, folds and encoded words still in it, takes whatever a stranger may
 * write there, never throws and ends in time linear in the text's length.
 */
@NullMarked
package org.merpati.lib.mime.field;

import org.jspecify.annotations.NullMarked;
