/** The JCA skin over the SMTP listeners: what a container sees of them, and nothing that is worth a test. */
@NullMarked
package org.merpati.adapter.rar.smtp;

import org.jspecify.annotations.NullMarked;
