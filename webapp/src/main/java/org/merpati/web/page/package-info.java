/**
 * The page at {@code /}: what Merpati is, what runs where, how to send a first mail. Made on the server from a template;
 * its script only copies commands, and the page is whole without it.
 */
@NullMarked
package org.merpati.web.page;

import org.jspecify.annotations.NullMarked;
