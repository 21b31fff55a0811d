/** The JCA skin over the IMAP listeners: what a container sees of them, and nothing that is worth a test. */
@NullMarked
package org.merpati.adapter.rar.imap;

import org.jspecify.annotations.NullMarked;
