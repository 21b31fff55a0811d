package org.merpati.core.api.blob;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/** Bytes whose number is known and that can be read more than once. */
public interface Content {
    /** In octets. */
    long size();

    /** A new stream from the first octet; the caller closes it. */
    InputStream open() throws IOException;

    static Content of(byte[] bytes) {
        return new Content() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
    }

    /** The two after one another, nothing copied. */
    static Content concat(Content first, Content second) {
        return new Content() {
            @Override
            public long size() {
                return first.size() + second.size();
            }

            @Override
            public InputStream open() throws IOException {
                return new SequenceInputStream(first.open(), second.open());
            }
        };
    }
}
