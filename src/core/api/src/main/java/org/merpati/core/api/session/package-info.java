/**
 * What a protocol and the network owe each other. The network accepts, encrypts, limits and closes; a protocol reads
 * commands and writes replies on the connection's own thread. Neither knows the other's classes.
 */
@NullMarked
package org.merpati.core.api.session;

import org.jspecify.annotations.NullMarked;
