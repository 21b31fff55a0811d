package org.merpati.lib.imap.response;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.merpati.lib.imap.NumberRange;

/** How what a search has found looks on the wire (RFC 9051 §7.3.4, RFC 5256 §4). */
final class SearchWriter {
    private static final Object CLOSE = new Object();

    private final ImapWriter out;

    SearchWriter(ImapWriter out) {
        this.out = out;
    }

    void write(SearchResponse response) throws IOException {
        switch (response) {
            case SearchResult result -> numbers(result.sorted() ? "SORT" : "SEARCH", result.numbers(), result.modSeq());
            case ExtendedResult result -> extended(result);
            case Threads threads -> {
                out.raw("* THREAD").raw(threads.threads().isEmpty() ? "" : " ");
                threads(threads.threads());
            }
        }
    }

    private void numbers(String name, LongStream numbers, OptionalLong modSeq) throws IOException {
        out.raw("* ").raw(name);
        for (var number = numbers.iterator(); number.hasNext(); ) {
            out.raw(" ").number(number.nextLong());
        }
        if (modSeq.isPresent()) {
            out.raw(" (MODSEQ ").number(modSeq.getAsLong()).raw(")");
        }
    }

    private void extended(ExtendedResult result) throws IOException {
        out.raw("* ESEARCH (TAG ").string(result.tag());
        if (result.source().isPresent()) {
            var source = result.source().get();
            out.raw(" MAILBOX ").mailbox(source.mailbox()).raw(" UIDVALIDITY ").number(source.uidValidity());
        }
        out.raw(result.uids() ? ") UID" : ")");
        for (var item : result.items()) {
            switch (item) {
                case ExtendedResult.Item.Min min -> out.raw(" MIN ").number(min.number());
                case ExtendedResult.Item.Max max -> out.raw(" MAX ").number(max.number());
                case ExtendedResult.Item.Count count -> out.raw(" COUNT ").number(count.messages());
                case ExtendedResult.Item.All all -> out.raw(" ALL ").raw(NumberRange.text(all.messages()));
                case ExtendedResult.Item.Partial(var range, var messages) ->
                    out.raw(" PARTIAL (" + range + " " + (messages.isEmpty() ? "NIL" : NumberRange.text(messages))
                            + ")");
                case ExtendedResult.Item.AddTo(var messages) -> placed(" ADDTO (", messages);
                case ExtendedResult.Item.RemoveFrom(var messages) -> placed(" REMOVEFROM (", messages);
                case ExtendedResult.Item.ModSeq modSeq -> out.raw(" MODSEQ ").number(modSeq.value());
            }
        }
    }

    private void placed(String name, List<ExtendedResult.Placed> messages) throws IOException {
        var separator = name;
        for (var one : messages) {
            out.raw(separator).number(one.position()).raw(" ").raw(NumberRange.text(one.messages()));
            separator = " ";
        }
        out.raw(")");
    }

    /** A chain of single answers is one list; more answers than one are lists of their own. No recursion: chains may be long. */
    private void threads(List<Threads.Node> threads) throws IOException {
        var open = new ArrayDeque<Object>();
        threads.reversed().forEach(open::push);
        while (!open.isEmpty()) {
            if (!(open.pop() instanceof Threads.Node first)) {
                out.raw(")");
                continue;
            }
            out.raw("(");
            var separator = "";
            var node = first;
            while (true) {
                if (node.number() != 0) {
                    out.raw(separator).number(node.number());
                    separator = " ";
                }
                if (node.answers().size() != 1) {
                    break;
                }
                node = node.answers().getFirst();
            }
            open.push(CLOSE);
            if (!node.answers().isEmpty()) {
                out.raw(separator);
                node.answers().reversed().forEach(open::push);
            }
        }
    }
}
