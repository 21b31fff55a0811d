/**
 * Clients that people use, from Debian's packages, against the whole server over loopback, in clear and over TLS. What they
 * did is judged by content: what each side has in the end, octet by octet where the client leaves mail as it is. A client that
 * is not installed is reported as skipped.
 */
@NullMarked
package org.merpati.launch.clients;

import org.jspecify.annotations.NullMarked;
