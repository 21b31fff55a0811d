/**
 * Binary data (RFC 8620 §6): what a blobId stands for, and where its octets are.
 *
 * <p>A blobId is derived from what holds the octets and never from the octets themselves: {@code b…} is the whole message of an
 * Email, {@code u…} an upload, {@code b…-1_2} the decoded content of that message's part 1.2, {@code b…-1_2-3} part 3 of the
 * message in there. So it is good for one account, is checked against it each time, and tells nothing of others.
 */
@NullMarked
package org.merpati.core.jmap.blob;

import org.jspecify.annotations.NullMarked;
