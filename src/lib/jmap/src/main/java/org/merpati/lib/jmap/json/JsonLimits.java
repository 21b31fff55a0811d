package org.merpati.lib.jmap.json;

/**
 * What a body may cost.
 *
 * @param octets of the whole body
 * @param depth of arrays and objects within one another
 * @param tokens names, values, and both ends of each array and object; a tree needs some 50 octets of heap for each
 */
public record JsonLimits(long octets, int depth, int tokens) {}
