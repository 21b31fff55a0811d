/**
 * Web push as an application server sends it: messages encrypted for a device (RFC 8291, RFC 8188) and the server's own word about
 * itself (RFC 8292), with the JDK's cryptography. No network.
 */
@NullMarked
package org.merpati.lib.jmap.webpush;

import org.jspecify.annotations.NullMarked;
