package org.merpati.lib.imap.command;

import org.merpati.lib.imap.CommandReader;

/** LOGIN. RFC 3501 §6.2.3. Whoever runs it closes the password. */
public record Login(String user, Password password) implements BeforeLoginCommand {
    static Login parse(CommandReader in) {
        var user = in.space().text();
        var password = new Password(in.space().astring());
        in.end();
        return new Login(user, password);
    }
}
