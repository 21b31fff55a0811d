/**
 * Our parsers against samples that others made, with what others read in them. The samples lie in the folder that the system
 * property {@code merpati.shared} names; without it the tests are skipped. Where we read something else on purpose,
 * docs/mime-differences.md says so; a sample that is listed there and does not differ fails.
 */
@NullMarked
package org.merpati.check.conformance;

import org.jspecify.annotations.NullMarked;
