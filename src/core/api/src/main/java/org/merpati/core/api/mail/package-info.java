/**
 * The nouns of the mail model as values: identifiers, addresses, keywords.
 *
 * <p>Every number with a meaning is a type of its own, so that a uid is never taken for an email's id. All are immutable.
 */
@NullMarked
package org.merpati.core.api.mail;

import org.jspecify.annotations.NullMarked;
