/**
 * What RFC 8620 and RFC 8621 ask of a server, over HTTP, whoever runs it.
 *
 * <p>A class for a section or a few that belong together, a method for a rule, which it names by its {@link
 * org.merpati.check.conformance.jmap.Rule}. {@link org.merpati.check.conformance.jmap.JmapRules#of} makes tests of them for one
 * account of one server, which may hold other mail. {@code docs/rfc.tsv} lists every MUST of the two standards with the rule that
 * tries it.
 *
 * <p>Invariants: a rule stands alone, in any order; it makes what it needs in mailboxes of its own; it asks nothing but HTTP of the
 * server.
 */
@NullMarked
package org.merpati.check.conformance.jmap;

import org.jspecify.annotations.NullMarked;
