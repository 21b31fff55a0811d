package org.merpati.core.api.config;

import java.util.Optional;
import java.util.Set;

/**
 * A limit per time.
 *
 * @param at the step that is counted; every key is known there
 * @param match the entry of the condition under which an event counts; empty: every one does
 */
public record ThrottleSettings(
        String name, Set<ThrottleKey> keys, Rate rate, ThrottleStep at, Optional<Config.Entry> match) {}
