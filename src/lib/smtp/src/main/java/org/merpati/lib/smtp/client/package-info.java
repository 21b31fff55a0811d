/** The client's side of SMTP (RFC 5321, RFC 2920) over streams that are handed in. */
@NullMarked
package org.merpati.lib.smtp.client;

import org.jspecify.annotations.NullMarked;
