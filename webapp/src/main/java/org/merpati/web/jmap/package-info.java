/** JMAP's addresses (RFC 8620 §2, §3.1, §6): the session, the API, uploads and downloads. */
@NullMarked
package org.merpati.web.jmap;

import org.jspecify.annotations.NullMarked;
