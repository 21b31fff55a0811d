package org.merpati.core.smtp.stage;

import org.merpati.core.api.stage.SmtpSessionView;
import org.merpati.core.api.stage.SmtpStage;
import org.merpati.core.api.stage.Verdict;

/**
 * {@code smtp.require-fqdn}: other mail servers must call themselves by a fully qualified name or an address literal (RFC
 * 5321 §2.3.5, §4.1.1.1). People's programs and servers in front of this one may be called anything.
 */
final class ClientNames implements SmtpStage {
    @Override
    public int priority() {
        return CLIENT_NAME;
    }

    @Override
    public Verdict ehlo(SmtpSessionView session) {
        boolean fine = !session.protocol().equals("smtp")
                || session.heloDomain().filter(ClientNames::qualified).isPresent();
        return fine ? Verdict.proceed() : StageRefusals.notQualified();
    }

    /** At least two labels, the last of which is no number: {@code 192.0.2.1} is an address that lacks its brackets. */
    private static boolean qualified(String name) {
        if (name.startsWith("[") && name.endsWith("]")) {
            return true;
        }
        var labels = name.split("\\.", -1);
        var last = labels[labels.length - 1];
        for (var label : labels) {
            if (label.isEmpty() || label.startsWith("-") || label.endsWith("-")) {
                return false;
            }
        }
        return labels.length >= 2 && !last.chars().allMatch(Character::isDigit);
    }
}
