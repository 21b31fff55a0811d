package org.merpati.launch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogLineTest {
    private static String line(String text) {
        var entry = new LogRecord(Level.WARNING, text);
        entry.setLoggerName("org.merpati.adapter.net.Listener");
        return new LogLine().format(entry);
    }

    @Test
    void aRecordIsOneLine() {
        assertThat(line("smtp-7: greeted")).matches("\\S+T\\S+[+-]\\S+ WARN  net\\.Listener: smtp-7: greeted\\R");
    }

    @Test
    void aStrangersLineEndMakesNoSecondRecord() {
        assertThat(line("HELO x\r\n2026-01-01 ERROR forged"))
                .containsOnlyOnce("\n")
                .contains("\\r\\n2026");
    }
}
