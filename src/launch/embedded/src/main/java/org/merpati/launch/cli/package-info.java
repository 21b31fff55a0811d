/**
 * The command line, DESIGN §4: each command is a class, run by {@link org.merpati.launch.cli.Main}.
 *
 * <p>Invariants: results go to standard output, everything else to standard error; a running server is found from its data
 * folder alone, by {@code run/server.json}; whoever may read {@code run/token} administers it; the exit code is 0 when the
 * thing asked for is so, 1 when it failed, 2 when the command was not understood.
 */
@NullMarked
package org.merpati.launch.cli;

import org.jspecify.annotations.NullMarked;
