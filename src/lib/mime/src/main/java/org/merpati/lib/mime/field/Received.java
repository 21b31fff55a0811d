package org.merpati.lib.mime.field;

import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * A trace field (RFC 5321 §4.4), as far as its writer kept to the grammar: each part is what stood there, without brackets.
 * What a host before ours wrote may be a lie.
 *
 * @param from what the client called itself, mostly
 * @param peer what the server knew of the client, in comments
 * @param with the protocol in capitals when it is a known one (RFC 3848), else the word as it stands
 * @param recipient the address after {@code for}
 */
public record Received(
        Optional<String> from,
        Peer peer,
        Optional<String> by,
        Optional<String> via,
        Optional<String> with,
        Optional<String> id,
        Optional<String> recipient,
        Tls tls,
        Optional<OffsetDateTime> date) {
    /**
     * @param helo the name after HELO, where {@code from} has another
     * @param name by reverse lookup
     * @param address an IPv4 or IPv6 address
     */
    public record Peer(Optional<String> helo, Optional<String> name, Optional<String> address) {}

    /**
     * @param version such as {@code TLSv1.3}
     * @param cipher by whatever name the server's library gives it
     */
    public record Tls(Optional<String> version, Optional<String> cipher) {}

    public static Received parse(String body) {
        return new ReceivedParser(body).parse();
    }
}
