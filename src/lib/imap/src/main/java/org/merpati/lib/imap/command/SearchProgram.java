package org.merpati.lib.imap.command;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.merpati.lib.imap.CommandReader;
import org.merpati.lib.imap.MessageSet;
import org.merpati.lib.mime.charset.Charsets;

/**
 * What a search looks for (RFC 9051 §9, search-program).
 *
 * @param readable whether its charset is known; where it is not, the key says nothing
 */
public record SearchProgram(boolean readable, SearchKey key) {
    private static final SearchProgram UNREADABLE = new SearchProgram(false, new SearchKey.All());

    /** {@code [CHARSET name] keys} up to the end. Text without a charset is UTF-8, of which US-ASCII is a part. */
    static SearchProgram parse(CommandReader in) {
        if (!in.acceptWord("CHARSET")) {
            return keys(in, StandardCharsets.UTF_8);
        }
        in.space();
        return afterCharset(in);
    }

    /** {@code name keys}, the charset being mandatory (RFC 5256 §5, search-criteria). */
    static SearchProgram afterCharset(CommandReader in) {
        var name = new String(in.astring(), StandardCharsets.ISO_8859_1);
        var charset = Charsets.named(name);
        in.space();
        if (charset.isEmpty()) {
            in.rest();
            return UNREADABLE;
        }
        boolean ascii = charset.get().equals(StandardCharsets.US_ASCII);
        return keys(in, ascii ? StandardCharsets.UTF_8 : charset.get());
    }

    /** The same among these messages. */
    public SearchProgram among(MessageSet messages) {
        return new SearchProgram(readable, new SearchKey.And(List.of(new SearchKey.Numbers(messages), key)));
    }

    private static SearchProgram keys(CommandReader in, Charset charset) {
        var key = new SearchKeys(in, charset).all(0);
        in.end();
        return new SearchProgram(true, key);
    }
}
