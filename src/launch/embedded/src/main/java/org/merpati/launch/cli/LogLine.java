package org.merpati.launch.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** One line a record: time, level, the logger's last two names, text; a stack trace below it. */
final class LogLine extends Formatter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx").withZone(ZoneId.systemDefault());

    @Override
    public String format(LogRecord record) {
        var line = new StringBuilder(160);
        TIME.formatTo(record.getInstant(), line);
        line.append(' ').append(level(record.getLevel())).append(' ').append(shortName(record.getLoggerName()));
        line.append(": ").append(oneLine(formatMessage(record))).append(System.lineSeparator());
        if (record.getThrown() != null) {
            var trace = new StringWriter();
            record.getThrown().printStackTrace(new PrintWriter(trace));
            line.append(trace);
        }
        return line.toString();
    }

    private static String level(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (value >= Level.WARNING.intValue()) {
            return "WARN ";
        }
        return value >= Level.INFO.intValue() ? "INFO " : "DEBUG";
    }

    private static String shortName(String name) {
        if (name == null) {
            return "-";
        }
        int last = name.lastIndexOf('.');
        int before = last < 0 ? -1 : name.lastIndexOf('.', last - 1);
        return name.substring(before + 1);
    }

    /** What a stranger sent can't make a line of its own. */
    private static String oneLine(String text) {
        return text == null ? "" : text.replace("\r", "\\r").replace("\n", "\\n");
    }
}
