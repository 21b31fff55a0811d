package org.merpati.lib.imap.response;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.merpati.lib.mime.field.Disposition;
import org.merpati.lib.mime.field.Parameters;
import org.merpati.lib.mime.view.BodyStructure;
import org.merpati.lib.mime.view.Envelope;

/**
 * Writes envelopes and body structures (RFC 9051 §7.5.2 and §9, envelope and body). A parameter's value beyond ASCII is written
 * as RFC 2231 §4 has it in headers, as IMAP4rev1 knows no other way.
 */
final class StructureWriter {
    private final ImapWriter out;

    StructureWriter(ImapWriter out) {
        this.out = out;
    }

    void envelope(Envelope envelope) throws IOException {
        out.raw("(");
        nstring(envelope.date());
        out.raw(" ");
        nstring(envelope.subject());
        for (var list : List.of(
                envelope.from(), envelope.sender(), envelope.replyTo(), envelope.to(), envelope.cc(), envelope.bcc())) {
            out.raw(" ");
            addresses(list);
        }
        out.raw(" ");
        nstring(envelope.inReplyTo());
        out.raw(" ");
        nstring(envelope.messageId());
        out.raw(")");
    }

    private void addresses(List<Envelope.Address> addresses) throws IOException {
        if (addresses.isEmpty()) {
            out.raw("NIL");
            return;
        }
        out.raw("(");
        for (var address : addresses) {
            out.raw("(");
            nstring(address.name());
            out.raw(" ");
            nstring(address.route());
            out.raw(" ");
            nstring(address.mailbox());
            out.raw(" ");
            nstring(address.host());
            out.raw(")");
        }
        out.raw(")");
    }

    /** @param extended whether with extension data */
    void structure(BodyStructure structure, boolean extended) throws IOException {
        out.raw("(");
        switch (structure) {
            case BodyStructure.Multipart multipart -> multipart(multipart, extended);
            case BodyStructure.Single single -> single(single, extended);
        }
        if (extended) {
            extension(structure.extension());
        }
        out.raw(")");
    }

    private void multipart(BodyStructure.Multipart multipart, boolean extended) throws IOException {
        for (var part : multipart.parts()) {
            structure(part, extended);
        }
        out.raw(" ").string(multipart.subtype());
        if (extended) {
            out.raw(" ");
            parameters(multipart.parameters());
        }
    }

    private void single(BodyStructure.Single single, boolean extended) throws IOException {
        out.string(single.type()).raw(" ").string(single.subtype()).raw(" ");
        parameters(single.parameters());
        out.raw(" ");
        nstring(single.id());
        out.raw(" ");
        nstring(single.description());
        out.raw(" ").string(single.encoding()).raw(" ").number(single.size());
        switch (single.content()) {
            case BodyStructure.Other other -> {} // the basic fields are all
            case BodyStructure.Text text -> out.raw(" ").number(text.lines());
            case BodyStructure.Message message -> {
                out.raw(" ");
                envelope(message.envelope());
                out.raw(" ");
                structure(message.body(), extended);
                out.raw(" ").number(message.lines());
            }
        }
        if (extended) {
            out.raw(" ");
            nstring(single.md5());
        }
    }

    private void extension(BodyStructure.Extension extension) throws IOException {
        out.raw(" ");
        disposition(extension.disposition());
        out.raw(" ");
        languages(extension.languages());
        out.raw(" ");
        nstring(extension.location());
    }

    private void disposition(Optional<Disposition> disposition) throws IOException {
        if (disposition.isEmpty()) {
            out.raw("NIL");
            return;
        }
        out.raw("(").string(disposition.get().kind()).raw(" ");
        parameters(disposition.get().parameters());
        out.raw(")");
    }

    /** body-fld-lang. */
    private void languages(List<String> tags) throws IOException {
        if (tags.isEmpty()) {
            out.raw("NIL");
            return;
        }
        var separator = "(";
        for (var tag : tags) {
            out.raw(separator).string(tag);
            separator = " ";
        }
        out.raw(")");
    }

    private void parameters(Parameters parameters) throws IOException {
        if (parameters.all().isEmpty()) {
            out.raw("NIL");
            return;
        }
        var separator = "(";
        for (var parameter : parameters.all()) {
            boolean ascii = parameter.value().chars().allMatch(c -> c >= ' ' && c < 0x7f);
            out.raw(separator).string(ascii ? parameter.name() : parameter.name() + '*');
            out.raw(" ").string(ascii ? parameter.value() : extended(parameter.value()));
            separator = " ";
        }
        out.raw(")");
    }

    private static String extended(String value) {
        var text = new StringBuilder("utf-8''");
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            if (isAttributeChar(octet)) {
                text.append((char) octet);
            } else {
                text.append('%')
                        .append(Character.toUpperCase(Character.forDigit((octet >> 4) & 0xf, 16)))
                        .append(Character.toUpperCase(Character.forDigit(octet & 0xf, 16)));
            }
        }
        return text.toString();
    }

    /** attribute-char of RFC 2231 §7. */
    private static boolean isAttributeChar(int c) {
        return c > ' ' && c < 0x7f && "*'%()<>@,;:\\\"/[]?=".indexOf(c) < 0;
    }

    private void nstring(Optional<String> text) throws IOException {
        if (text.isPresent()) {
            out.string(text.get());
        } else {
            out.raw("NIL");
        }
    }
}
