/**
 * People: who they are, whether a password is theirs, where their mail goes. The internal tables are one implementation;
 * LDAP, SQL, OIDC and the container's realm are later ones.
 */
@NullMarked
package org.merpati.core.api.directory;

import org.jspecify.annotations.NullMarked;
