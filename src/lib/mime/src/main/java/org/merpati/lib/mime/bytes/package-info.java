/** Looking for octets, as all that reads messages and protocols does. */
@NullMarked
package org.merpati.lib.mime.bytes;

import org.jspecify.annotations.NullMarked;
