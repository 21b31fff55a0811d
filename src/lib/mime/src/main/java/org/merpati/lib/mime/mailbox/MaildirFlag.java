package org.merpati.lib.mime.mailbox;

import java.util.EnumSet;
import java.util.Set;

/** What the letters at a Maildir file's end say of a message. */
public enum MaildirFlag {
    DRAFT('D'),
    FLAGGED('F'),
    PASSED('P'),
    REPLIED('R'),
    SEEN('S'),
    TRASHED('T');

    private final char letter;

    MaildirFlag(char letter) {
        this.letter = letter;
    }

    /** Those of a file's info, {@code 2,FS}. Other letters, such as Dovecot's for keywords, mean nothing here. */
    static Set<MaildirFlag> of(String letters) {
        var flags = EnumSet.noneOf(MaildirFlag.class);
        for (var flag : values()) {
            if (letters.indexOf(flag.letter) >= 0) {
                flags.add(flag);
            }
        }
        return flags;
    }
}
