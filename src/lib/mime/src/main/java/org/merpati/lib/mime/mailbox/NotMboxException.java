package org.merpati.lib.mime.mailbox;

import java.io.IOException;

/** The first line does not begin with {@code From }, so that this is no mbox file. */
public final class NotMboxException extends IOException {
    NotMboxException(String firstLine) {
        super("not an mbox file: it begins with \"" + firstLine + "\" and not with \"From \"");
    }
}
