package org.merpati.check.bench.mime;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.parser.AbstractContentHandler;
import org.apache.james.mime4j.parser.MimeStreamParser;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.merpati.lib.mime.Message;
import org.merpati.lib.mime.Part;

/** A library that reads a whole message: every header value unfolded and decoded, every leaf's transfer encoding removed. */
enum Contestant {
    MERPATI {
        @Override
        long read(byte[] bytes) throws IOException {
            var digest = new Digest();
            var message = Message.parse(bytes);
            part(message, message.root(), digest);
            return digest.result();
        }

        private void part(Message message, Part part, Digest digest) throws IOException {
            var header = part.header();
            for (int i = 0; i < header.count(); i++) {
                digest.value(header.field(i).text());
            }
            for (var child : part.parts()) {
                part(message, child, digest);
            }
            var inside = part.message();
            if (inside.isPresent()) {
                part(message, inside.get(), digest);
            } else if (part.isLeaf()) {
                message.writeContent(part, digest);
            }
        }
    },
    MIME4J_DOM {
        @Override
        long read(byte[] bytes) throws IOException {
            var builder = new DefaultMessageBuilder();
            builder.setMimeEntityConfig(MimeConfig.PERMISSIVE);
            builder.setDecodeMonitor(DecodeMonitor.SILENT);
            var message = builder.parseMessage(new ByteArrayInputStream(bytes));
            try {
                var digest = new Digest();
                entity(message, digest);
                return digest.result();
            } finally {
                message.dispose();
            }
        }

        private void entity(Entity entity, Digest digest) throws IOException {
            for (Field field : entity.getHeader().getFields()) {
                digest.value(mime4j(field));
            }
            var body = entity.getBody();
            if (body instanceof Multipart multipart) {
                for (var part : multipart.getBodyParts()) {
                    entity(part, digest);
                }
            } else if (body instanceof org.apache.james.mime4j.dom.Message inside) {
                entity(inside, digest);
            } else if (body instanceof SingleBody single) {
                single.writeTo(digest);
            }
        }
    },
    MIME4J_STREAM {
        @Override
        long read(byte[] bytes) throws IOException {
            var digest = new Digest();
            var parser = new MimeStreamParser(MimeConfig.PERMISSIVE, DecodeMonitor.SILENT, null);
            parser.setContentDecoding(true);
            parser.setContentHandler(new AbstractContentHandler() {
                @Override
                public void field(Field field) {
                    digest.value(mime4j(field));
                }

                @Override
                public void body(BodyDescriptor descriptor, InputStream in) throws IOException {
                    in.transferTo(digest);
                }
            });
            try {
                parser.parse(new ByteArrayInputStream(bytes));
            } catch (MimeException e) {
                throw new IOException(e);
            }
            return digest.result();
        }
    },
    ANGUS {
        @Override
        long read(byte[] bytes) throws IOException {
            try {
                var digest = new Digest();
                part(new MimeMessage(SESSION, new ByteArrayInputStream(bytes)), digest);
                return digest.result();
            } catch (MessagingException e) {
                throw new IOException(e);
            }
        }

        private void part(MimePart part, Digest digest) throws IOException, MessagingException {
            for (var headers = part.getAllHeaders(); headers.hasMoreElements(); ) {
                digest.value(MimeUtility.decodeText(
                                MimeUtility.unfold(headers.nextElement().getValue()))
                        .strip());
            }
            if (part.isMimeType("multipart/*") && part.getContent() instanceof MimeMultipart multipart) {
                for (int i = 0; i < multipart.getCount(); i++) {
                    part((MimePart) multipart.getBodyPart(i), digest);
                }
            } else if (part.isMimeType("message/rfc822") && part.getContent() instanceof MimeMessage inside) {
                part(inside, digest);
            } else {
                try (var in = part instanceof MimeBodyPart body
                        ? body.getInputStream()
                        : ((MimeMessage) part).getInputStream()) {
                    in.transferTo(digest);
                }
            }
        }
    };

    static {
        System.setProperty("mail.mime.ignoreunknownencoding", "true");
        System.setProperty("mail.mime.base64.ignoreerrors", "true");
        System.setProperty("mail.mime.multipart.allowempty", "true");
        System.setProperty("mail.mime.parameters.strict", "false");
        System.setProperty("mail.mime.multipart.ignoreexistingboundaryparameter", "false");
    }

    private static final Session SESSION = Session.getInstance(new Properties());

    abstract long read(byte[] bytes) throws IOException;

    private static String mime4j(Field field) {
        return DecoderUtil.decodeEncodedWords(field.getBody(), DecodeMonitor.SILENT)
                .strip();
    }
}
