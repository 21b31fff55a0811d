package org.merpati.web.admin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.merpati.core.api.mail.EmailAddress;
import org.merpati.web.base.JsonBody;
import org.merpati.web.base.Problem;

/** Addresses, names and domains as requests give them. */
final class AddressFields {
    private static final int LONGEST_ADDRESS = 254;
    private static final int LONGEST_NAME = 255;

    private AddressFields() {}

    /** Empty when it is missing or no address, which {@link JsonBody#end} then says. */
    static Optional<EmailAddress> address(JsonBody body, String field) {
        return body.text(field, LONGEST_ADDRESS).flatMap(text -> {
            var address = EmailAddress.parse(text);
            if (address.isEmpty()) {
                body.wrong(field, "must be an address, name@domain");
            }
            return address;
        });
    }

    /** The field {@code name}, for people. */
    static String name(JsonBody body) {
        var name = body.optionalText("name", LONGEST_NAME).orElse("");
        if (name.chars().anyMatch(Character::isISOControl)) {
            body.wrong("name", "must have no control characters");
        }
        return name;
    }

    /** The query's {@code domain} as it is stored; empty for all. */
    static String domain(@Nullable String given) {
        return given == null || given.isEmpty()
                ? ""
                : EmailAddress.domainKey(given)
                        .orElseThrow(() -> Problem.field(400, "domain", "must be a domain name"));
    }

    /** An address of the path. */
    static EmailAddress key(String given, String what) {
        return EmailAddress.parse(given).orElseThrow(() -> Problem.of(404, "There is no such " + what + "."));
    }

    static String segment(EmailAddress address) {
        return URLEncoder.encode(address.toString(), StandardCharsets.UTF_8);
    }
}
