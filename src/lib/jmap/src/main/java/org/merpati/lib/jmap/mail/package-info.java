/** JMAP for mail (RFC 8621) as values. */
@NullMarked
package org.merpati.lib.jmap.mail;

import org.jspecify.annotations.NullMarked;
