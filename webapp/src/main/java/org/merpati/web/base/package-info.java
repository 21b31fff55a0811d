/**
 * What every resource needs: the server behind it, who is asking, how failures are worded, and the headers that all
 * responses carry.
 *
 * <p>Invariants:
 * <ul>
 * <li>passwords are taken over TLS only, or from loopback with {@code auth.allow-plaintext} (the container's own word
 *     counts: {@code request.isSecure()}, never a header of ours);
 * <li>no cookie is set or read, so that there is no session to steal or to ride on;
 * <li>no absolute address is made of the Host header, unless that names loopback;
 * <li>every error is a problem detail (RFC 9457) without a word of the cause that is not the caller's business.
 * </ul>
 */
@NullMarked
package org.merpati.web.base;

import org.jspecify.annotations.NullMarked;
