/** JMAP for mail (RFC 8621): the data types and methods of {@code urn:ietf:params:jmap:mail}. */
@NullMarked
package org.merpati.core.jmap.mail;

import org.jspecify.annotations.NullMarked;
