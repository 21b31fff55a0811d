package org.merpati.lib.sasl.server;

import org.merpati.lib.sasl.ChannelBindings;

/**
 * What SASL needs to know of a connection.
 *
 * @param confidential whether a password may travel on it as it is
 */
public record Channel(boolean confidential, ChannelBindings bindings) {}
