package org.merpati.lib.mime.field;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever stands in a field: nothing is thrown, and no more comes out than went in. */
class FieldsFuzzTest {
    @FuzzTest
    void structured(byte[] bytes) {
        var body = new String(bytes, StandardCharsets.UTF_8);
        int most = 2 * body.length() + 10; // attachment is said where nothing is
        for (var mailbox : Address.mailboxes(Address.parse(body))) {
            mailbox.name().ifPresent(name -> bounded(name, most));
            mailbox.address().ifPresent(address -> bounded(address, most));
        }
        for (var parameter : ContentType.parse(body).parameters().all()) {
            bounded(parameter.name(), most);
            bounded(parameter.value(), most);
        }
        bounded(Disposition.parse(body).kind(), most);
        MessageIds.parse(body).forEach(id -> bounded(id, most));
        CommaList.parse(body).forEach(item -> bounded(item, most));
        ListField.parse(body).forEach(action -> bounded(action.uri(), most));
        ListField.id(body).ifPresent(id -> bounded(id.id(), most));
        ContentId.ofUrl(body);
        Received.parse(body);
        DateTime.parse(body).ifPresent(time -> {
            var again = DateTime.parse(DateTime.format(time)).orElseThrow();
            if (!again.toInstant().equals(time.withNano(0).toInstant())) {
                throw new AssertionError(time + " was " + again);
            }
        });
    }

    @FuzzTest
    void text(byte[] bytes) {
        var body = new String(bytes, StandardCharsets.UTF_8);
        bounded(Unstructured.decode(body), 3 * body.length() + 2);
        if (!body.contains("=?") && !EncodedWords.decode(body).equals(body)) {
            throw new AssertionError("plain text was changed");
        }
    }

    private static void bounded(String text, int most) {
        if (text.length() > most) {
            throw new AssertionError("a value longer than its field");
        }
    }
}
