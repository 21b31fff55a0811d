/**
 * Mail for a server that runs for half a minute, once after each build, so that the JVM can write down what is loaded and
 * which code is hot (JEP 483, JEP 515). What is not used here is compiled late, in the first minute of a real server.
 *
 * <p>Invariants: everything goes over loopback to a server of this JVM on a folder that is deleted; all is bounded by
 * time, so that a slow machine does not wait longer.
 */
@NullMarked
package org.merpati.launch.train;

import org.jspecify.annotations.NullMarked;
