/**
 * The container of the embedded home, in one process and without JNDI: Weld for CDI, Narayana for JTA, Agroal for
 * connections, EclipseLink for JPA, H2 or PostgreSQL below.
 *
 * <p>{@link org.merpati.launch.runtime.EmbeddedRuntime} is the only class others need. Invariants:
 * <ul>
 * <li>an entity manager lives exactly as long as its transaction; outside one it refuses to work;
 * <li>one local database takes part in a transaction, which is therefore committed in one phase: there is nothing to
 *     recover, so no log of transactions is kept on disk and no port is opened for recovery;
 * <li>no shutdown hook is registered: whoever starts the runtime closes it;
 * <li>Narayana's state belongs to the class loader and is shared; everything else belongs to one runtime, so that several
 *     can run beside one another;
 * <li>no thread is interrupted here, and an interrupt from elsewhere does not close H2's file ({@link org.merpati.launch.runtime.h2}).
 * </ul>
 */
@NullMarked
package org.merpati.launch.runtime;

import org.jspecify.annotations.NullMarked;
