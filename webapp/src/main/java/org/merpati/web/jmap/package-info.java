/** JMAP's addresses (RFC 8620 §2, §3.1, §6): the session, the API, downloads, and what of them is not built yet. */
@NullMarked
package org.merpati.web.jmap;

import org.jspecify.annotations.NullMarked;
