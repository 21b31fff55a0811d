/**
 * The charsets of mail: by the names that mail gives them, the two UTF-7s, and a guess for octets that name none. What cannot
 * be decoded is kept as something readable, never dropped.
 */
@NullMarked
package org.merpati.lib.mime.charset;

import org.jspecify.annotations.NullMarked;
