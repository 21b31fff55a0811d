package org.merpati.lib.mime.mailbox;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Whatever comes: no exception but the one that says it is no mbox, an end, and never more octets out than in. */
class MboxFuzzTest {
    @FuzzTest
    void mbox(byte[] bytes) throws IOException {
        for (var variant : MboxVariant.values()) {
            long total = 0;
            try (var reader = new MboxReader(new ByteArrayInputStream(bytes), variant)) {
                for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                    total += entry.get().content().readAllBytes().length;
                }
            } catch (NotMboxException e) {
                continue;
            }
            if (total > bytes.length) {
                throw new AssertionError("more octets than there were");
            }
        }
        try {
            MboxVariant.detect(new ByteArrayInputStream(bytes));
        } catch (NotMboxException e) {
            return;
        }
    }
}
