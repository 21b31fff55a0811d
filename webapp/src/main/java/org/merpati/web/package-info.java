/**
 * Merpati over HTTP: the JAX-RS application and the list of everything in it. The resources hold no rules; they read
 * requests, ask core, and word the answers.
 */
@NullMarked
package org.merpati.web;

import org.jspecify.annotations.NullMarked;
