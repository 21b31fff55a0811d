/**
 * Settings: one catalogue, typed, each with a default, a sentence of help and a check that names it in full.
 *
 * <p>Sources, later ones winning: defaults, the properties file, environment, system properties, the container, {@code --set}.
 * Invariant: a {@link org.merpati.core.api.config.Config} that exists is whole and consistent; nothing is parsed or checked
 * later.
 */
@NullMarked
package org.merpati.core.api.config;

import org.jspecify.annotations.NullMarked;
