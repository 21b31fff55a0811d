package org.merpati.core.jmap.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.merpati.core.api.mail.EmailId;
import org.merpati.core.api.mail.UploadId;

/** RFC 8620 §1.2, §6. */
class BlobIdTest {
    @Test
    void whatIsWrittenIsReadAgain() {
        var id = BlobId.of(new EmailId(7)).part("1.2").orElseThrow().part("3").orElseThrow();
        assertThat(id.toString()).isEqualTo("bh-1_2-3").matches("[A-Za-z0-9_-]{1,255}");
        assertThat(BlobId.parse(id.toString())).hasValue(id);
        var upload = BlobId.of(new UploadId(0));
        assertThat(BlobId.parse(upload.toString())).hasValue(upload);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "b",
                "u",
                "b-1",
                "e1",
                "bh-",
                "bh-0",
                "bh-01",
                "bh-1_",
                "bh-_1",
                "bh-1__2",
                "bh-1.2",
                "bh--1",
                "-1",
                "bh-1-2-3-4-5-6-7-8-9",
                "bh-123456",
                "bh 1",
                "BH",
                "bh-x"
            })
    void whatWasNeverWrittenIsNone(String id) {
        assertThat(BlobId.parse(id)).isEmpty();
    }

    @Test
    void partsInPartsEndSomewhere() {
        var id = Optional.of(BlobId.of(new EmailId(1)));
        int depth = 0;
        while (id.isPresent()) {
            id = id.get().part("1");
            depth++;
        }
        assertThat(depth).isEqualTo(9);
        assertThat(BlobId.of(new EmailId(1)).part("1.".repeat(200) + "1")).isEmpty();
    }
}
