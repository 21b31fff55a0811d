/**
 * What is said to those who write to somebody who is away (RFC 8621 §8). It is kept, and nobody is answered yet: that needs
 * Sieve's vacation (RFC 5230), with what it knows of whom not to answer (RFC 3834).
 */
@NullMarked
package org.merpati.core.jmap.vacation;

import org.jspecify.annotations.NullMarked;
