package org.merpati.lib.mime.write;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * A message to be written, as {@link MessageBuilder} made it.
 *
 * @param fields without those that describe the body
 */
public record NewMessage(List<NewField> fields, BodyPart body) {
    public NewMessage {
        fields = List.copyOf(fields);
    }

    /** Writes it for any mail server; {@link MessageWriter} has the choices. */
    public void writeTo(OutputStream out) throws IOException {
        new MessageWriter().write(this, out);
    }
}
