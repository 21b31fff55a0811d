/**
 * The stages that every SMTP session passes (DESIGN §2.13, §2.26): {@link org.merpati.core.smtp.stage.Stages} puts the
 * server's own, which the settings describe, and plug-ins in one order and asks them.
 *
 * <p>Invariants:
 * <ul>
 * <li>one {@link org.merpati.core.smtp.stage.Stages} serves a whole server, so that throttles count over all its listeners;
 * <li>what is wrong with a rule is said at start, with the setting's name, line and column; what goes wrong when it is
 *     evaluated is a temporary refusal and a line in the log;
 * <li>whatever a client does, a throttle remembers a bounded number of keys and a rule costs at most its budget;
 * <li>a plug-in runs on a thread of its own inside the door; the session waits for it until the deadline and no longer, and
 *     nobody interrupts it;
 * <li>what takes an address's place is an address by the grammar of RFC 5321 §4.1.2, or the step is refused for now.
 * </ul>
 */
@NullMarked
package org.merpati.core.smtp.stage;

import org.jspecify.annotations.NullMarked;
