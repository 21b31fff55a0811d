package org.merpati.launch.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.merpati.lib.mime.write.MessageWriter;
import org.merpati.lib.mime.write.NewMessage;
import org.merpati.lib.mime.write.PreparedMessage;
import org.merpati.lib.mime.write.Transport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code merpati mime build}. */
@Command(
        name = "build",
        description = "Makes a message from a JSON description and writes it to standard output.",
        footer = {
            "",
            "Keys: from, to, cc, bcc, replyTo, sender (\"Ann <ann@example.org>\", or a list of such strings, {\"name\",\"address\"} and"
                    + " {\"group\",\"members\"}), subject, date (RFC 3339), messageId, inReplyTo, references (a string or a list),"
                    + " headers ([{\"name\",\"value\"}], or \"raw\" for a value that is not to be encoded), text, html,"
                    + " attachments (a list of parts), or parts (the whole body as one part).",
            "",
            "A part has one of file (a path), text, base64, message (a description like this one) and parts (a list), and may"
                    + " have type, name, cid, disposition, description, language, location and headers. Attachments with the"
                    + " disposition inline and a cid belong to the HTML.",
            "",
            "Date and Message-ID are made where they are not given. Any other key is refused.",
            "",
            "Example: merpati mime build description.json > message.eml, with in description.json:",
            "{\"from\":\"Zoë <zoe@example.org>\", \"to\":\"ann@example.org\", \"subject\":\"Grüße\", \"text\":\"Hello\",",
            " \"attachments\":[{\"file\":\"menu.pdf\", \"name\":\"ñ.pdf\"}]}"
        })
final class MimeBuildCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build();

    /** What the way of the message carries, as Content-Transfer-Encoding calls it. */
    enum Encoding {
        SEVEN("7bit", Transport.SEVEN_BIT),
        EIGHT("8bit", Transport.EIGHT_BIT),
        BINARY("binary", Transport.BINARY);

        private final String shown;
        private final Transport transport;

        Encoding(String shown, Transport transport) {
            this.shown = shown;
            this.transport = transport;
        }

        @Override
        public String toString() {
            return shown;
        }
    }

    private final InputStream standardInput;
    private final OutputStream standardOutput;

    @Parameters(paramLabel = "FILE", description = "The description; - reads standard input.")
    String description = "";

    @Option(names = "--output", paramLabel = "FILE", description = "Writes the message there.")
    Optional<Path> output = Optional.empty();

    @Option(
            names = "--encoding",
            paramLabel = "E",
            description = "What the message may be, at most: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless set.",
            defaultValue = "7bit",
            converter = EncodingNames.class,
            completionCandidates = EncodingNames.class)
    Encoding encoding = Encoding.SEVEN;

    @Option(names = "--utf8", description = "Headers in UTF-8, without encoded words; implies --encoding 8bit.")
    boolean utf8;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help and exits.")
    boolean help;

    MimeBuildCommand() {
        this(System.in, new FileOutputStream(FileDescriptor.out)); // a PrintStream would hide that it can't write
    }

    MimeBuildCommand(InputStream standardInput, OutputStream standardOutput) {
        this.standardInput = standardInput;
        this.standardOutput = standardOutput;
    }

    @Override
    public Integer call() throws IOException {
        var writer = new MessageWriter().transport(encoding.transport);
        var prepared = prepare(utf8 ? writer.utf8() : writer, message());
        if (output.isPresent()) {
            try (var out = new BufferedOutputStream(Files.newOutputStream(output.get()))) {
                prepared.writeTo(out);
            }
        } else {
            var out = new BufferedOutputStream(standardOutput);
            prepared.writeTo(out);
            out.flush();
        }
        return 0;
    }

    private NewMessage message() throws IOException {
        return new MimeDescription(InstantSource.system(), ZoneId.systemDefault(), new SecureRandom()).message(json());
    }

    private JsonNode json() throws IOException {
        try {
            if (description.equals("-")) {
                return JSON.readTree(standardInput);
            }
            try (var in = Files.newInputStream(MimeDescription.file(description))) {
                return JSON.readTree(in);
            }
        } catch (JacksonException e) {
            var at = e.getLocation();
            var where = at == null ? "" : ", line " + at.getLineNr() + " column " + at.getColumnNr();
            throw new Refused("the description is not JSON: " + e.getOriginalMessage() + where);
        } catch (IllegalArgumentException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    private static PreparedMessage prepare(MessageWriter writer, NewMessage message) throws IOException {
        try {
            return writer.prepare(message);
        } catch (IllegalArgumentException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }
}
