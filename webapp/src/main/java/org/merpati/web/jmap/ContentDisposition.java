package org.merpati.web.jmap;

import java.nio.charset.StandardCharsets;

/** {@code attachment} with a file name that can't break out of its header or its folder (RFC 6266 §4, RFC 8187). */
final class ContentDisposition {
    private static final int LONGEST = 200;
    private static final String ATTR_CHAR = "!#$&+-.^_`|~"; // RFC 8187 §3.2.1, beside letters and digits

    private ContentDisposition() {}

    static String attachment(String name) {
        var safe = safe(name);
        var plain = new StringBuilder();
        safe.codePoints().forEach(c -> plain.append(c < 0x7f && c != '"' && c != '%' ? (char) c : '_'));
        var quoted = "attachment; filename=\"" + plain + "\"";
        return plain.toString().equals(safe) ? quoted : quoted + "; filename*=UTF-8''" + extended(safe);
    }

    /** RFC 6266 §4.3: no path, no control characters, nothing hidden, and a length that file systems take. */
    private static String safe(String name) {
        var clean = new StringBuilder();
        name.codePoints()
                .map(c -> c == '/' || c == '\\' || c == ':' ? '_' : c)
                .filter(c -> !Character.isISOControl(c) && !isFormat(c))
                .limit(LONGEST)
                .forEach(clean::appendCodePoint);
        var visible = clean.toString().strip().replaceFirst("^\\.+", "");
        return visible.isEmpty() ? "download" : visible;
    }

    /** Direction marks and their like, which make {@code gpj.exe} look like a picture; and halves of surrogate pairs. */
    private static boolean isFormat(int c) {
        int type = Character.getType(c);
        return type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static String extended(String text) {
        var out = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            int c = octet & 0xff;
            boolean plain = (c >= '0' && c <= '9')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= 'a' && c <= 'z')
                    || (c < 0x7f && ATTR_CHAR.indexOf(c) >= 0);
            out.append(plain ? String.valueOf((char) c) : String.format("%%%02X", c));
        }
        return out.toString();
    }
}
