package org.merpati.lib.smtp.path;

import java.net.InetAddress;
import java.util.Optional;

/** What stands behind the {@code @}. {@code toString} gives it back as it was. */
public sealed interface MailDomain {
    /** A domain name, as written. */
    record Name(String name) implements MailDomain {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * An address literal.
     *
     * @param text what stands between the brackets
     * @param address of an IPv4 or IPv6 literal; empty for another kind
     */
    record Literal(String text, Optional<InetAddress> address) implements MailDomain {
        @Override
        public String toString() {
            return "[" + text + "]";
        }
    }
}
