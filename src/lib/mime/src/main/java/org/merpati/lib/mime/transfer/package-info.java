/**
 * Transfer encodings of bodies: base64 and quoted-printable (RFC 2045 §6). Decoders take any octets and go on after what is
 * wrong; encoders write what every transport lets through.
 */
@NullMarked
package org.merpati.lib.mime.transfer;

import org.jspecify.annotations.NullMarked;
