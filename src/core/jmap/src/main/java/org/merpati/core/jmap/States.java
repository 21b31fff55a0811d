package org.merpati.core.jmap;

import java.util.Optional;
import org.merpati.core.api.mail.ModSeq;

/** States of an account's mail as strings (RFC 8620 §1.6.2): its modseq. */
public final class States {
    private States() {}

    public static String of(ModSeq state) {
        return Long.toString(state.value());
    }

    /** Empty for what no server of ours has given. */
    public static Optional<ModSeq> parse(String state) {
        boolean number = !state.isEmpty()
                && state.length() < 19
                && state.chars().allMatch(c -> c >= '0' && c <= '9')
                && (state.length() == 1 || state.charAt(0) != '0');
        return number ? Optional.of(new ModSeq(Long.parseLong(state))) : Optional.empty();
    }
}
