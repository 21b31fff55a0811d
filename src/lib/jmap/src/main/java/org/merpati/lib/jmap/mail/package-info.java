/** What RFC 8621 adds to JMAP's grammar: properties that stand for header fields, and the forms of these (§4.1.2, §4.1.3). */
@NullMarked
package org.merpati.lib.jmap.mail;

import org.jspecify.annotations.NullMarked;
