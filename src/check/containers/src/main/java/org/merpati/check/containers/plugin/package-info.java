/** What an administrator may put beside the server in its EAR, or on its class path: a plug-in with a say in SMTP sessions. */
@NullMarked
package org.merpati.check.containers.plugin;

import org.jspecify.annotations.NullMarked;
