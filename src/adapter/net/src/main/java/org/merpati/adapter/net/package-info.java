/**
 * What touches sockets and files: listeners, TLS, limits, the spool, and the data folder that all of it lies in. Plain
 * Java: containers call the same classes from their resource adapters, the embedded launcher calls them directly.
 *
 * <p>Invariants:
 * <ul>
 * <li>a connection is served by one thread from greeting to goodbye; blocking is fine, every wait is bounded: reads by the
 *     session's timeout, everything else by a deadline that one thread per listener watches;
 * <li>a connection ends by closing its socket; no thread is ever interrupted (an interrupt during the database's I/O closes
 *     it for everybody);
 * <li>accepting never waits for a client;
 * <li>nothing is accepted before the store is ready, and ports are bound before that, so that a conflict is told at once;
 * <li>message bytes never lie in clear in a temporary file, and heap for them stays under one budget.
 * </ul>
 *
 * <p>TLS 1.2 and 1.3 only (RFC 8996, RFC 8314 §4.1).
 */
@NullMarked
package org.merpati.adapter.net;

import org.jspecify.annotations.NullMarked;
