package org.merpati.core.imap;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.merpati.core.api.mail.Keyword;

/**
 * Keywords as the RFCs that define them spell them. Case doesn't count in keywords (RFC 9051 §2.3.2) and the store keeps small
 * letters, but there are clients, mbsync for one, that know {@code $Forwarded} only as it is written there.
 */
final class FlagSpelling {
    private static final Map<String, String> REGISTERED = Stream.of(
                    "$Forwarded",
                    "$Important",
                    "$Junk",
                    "$MDNSent",
                    "$NotJunk",
                    "$Phishing",
                    "$SubmitPending",
                    "$Submitted")
            .collect(Collectors.toUnmodifiableMap(name -> name.toLowerCase(Locale.ROOT), Function.identity()));

    private FlagSpelling() {}

    static String of(Keyword keyword) {
        return REGISTERED.getOrDefault(keyword.name(), keyword.name());
    }
}
