/** The application as it answers over HTTP, in Jersey on Jetty, with a store in memory. */
@NullMarked
package org.merpati.web;

import org.jspecify.annotations.NullMarked;
