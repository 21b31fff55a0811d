/**
 * Merpati in one process: {@link org.merpati.launch.MerpatiServer} for Java programs, the command line in {@code cli} on
 * top of it.
 *
 * <p>Invariants:
 * <ul>
 * <li>what is started is stopped in the opposite order, each step bounded: mail sessions, then HTTP, then beans and
 *     database, then the data folder;
 * <li>mail listeners accept only after the schema is up to date, and stop first;
 * <li>no thread is interrupted, and no shutdown hook is registered here: the command line has the only one;
 * <li>nothing is static but loggers: servers run beside one another in one JVM, each on its own data folder.
 * </ul>
 */
@NullMarked
package org.merpati.launch;

import org.jspecify.annotations.NullMarked;
