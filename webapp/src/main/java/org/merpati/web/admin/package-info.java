/**
 * Administration over HTTP: domains, accounts, aliases, lists, quotas and the server itself, for administrators and for whoever holds the
 * operator's token. {@code openapi.json} describes it; a test holds the two together.
 */
@NullMarked
package org.merpati.web.admin;

import org.jspecify.annotations.NullMarked;
