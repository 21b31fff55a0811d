package org.merpati.lib.imap;

/**
 * A literal whose octets went elsewhere as they came.
 *
 * @param number how many of the same command went there before it
 * @param at where its octets would stand, in octets from the beginning of the command as it was kept
 * @param binary whether it came as {@code ~{n}}, and may have NUL in it (RFC 3516 §4.4)
 */
public record Diverted(int number, int at, long size, boolean binary) {}
