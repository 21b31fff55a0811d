/**
 * Push as it hangs on HTTP: the event source (RFC 8620 §7.3), a servlet beside the JAX-RS application, as its answers never end;
 * JMAP over WebSocket (RFC 8887), likewise; and the threads of push subscriptions.
 *
 * <p>WebSocket frames are not ours: a home's library reads and writes them ({@link org.merpati.web.push.WebSockets}). WildFly
 * and Payara have Jakarta WebSocket, each in a way of its own; the embedded home has Jetty's, below that API.
 * What they bound differently is bounded here.
 *
 * <p>Invariants:
 * <ul>
 * <li>no thread belongs to a stream or a connection: whatever happens to one (a change, room to write, time) wakes a task that
 *     does what is to be done and ends; a stream's tasks never run at the same moment;
 * <li>nothing is written that the client has no room for, and one event waits at most: what comes meanwhile is added up in the feed;
 * <li>a client that has no room for half a minute is cut, as is every stream after some hours, at the server's end, and at once
 *     when its user gets a new password;
 * <li>a WebSocket's messages wait in the spool and are answered one after the other; a client with more of them waiting than is
 *     reasonable is sent away, as is one that does not answer pings;
 * <li>tasks run on the container's own threads where it has some (JNDI), else on ours.
 * </ul>
 */
@NullMarked
package org.merpati.web.push;

import org.jspecify.annotations.NullMarked;
