package org.merpati.lib.mime.charset;

import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Charsets by name, compared by their ASCII letters and digits alone: mail writes {@code cp-1252}, {@code ISO8859_1} and
 * {@code iso 8859-1}. All names are known beforehand, so that a name that nobody knows costs one look into a map.
 */
final class CharsetNames {
    private static final int LONGEST = 64;

    /** A charset of the JDK, and what mail, IANA and WHATWG call it and the JDK does not, or uses for another. */
    private static final String[] ALIASES = {
        "US-ASCII: 7bit usascii7 ansi_x3.4-1968 x-ascii x-us-ascii us_ascii iso-646-us csascii",
        "UTF-8: utf8mb4 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8 utf-8n",
        "UTF-16: ucs-2 iso-10646-ucs-2 csunicode unicode unicode-1-1 utf-16-bom",
        "UTF-16BE: unicodefffe ucs-2be csutf16be",
        "UTF-16LE: unicodefeff ucs-2le csutf16le",
        "UTF-32: ucs-4 iso-10646-ucs-4 csucs4",
        "ISO-8859-1: iso-latin-1 x-iso-8859-1 x-latin1 western latin-1 iso8859",
        "ISO-8859-2: iso-latin-2 latin-2",
        "ISO-8859-3: iso-latin-3 latin-3",
        "ISO-8859-4: iso-latin-4 latin-4",
        "ISO-8859-6: iso-8859-6-i iso-8859-6-e csiso88596e csiso88596i",
        "ISO-8859-7: iso-8859-7:2003",
        "ISO-8859-8: iso-8859-8-i iso-8859-8-e csiso88598e csiso88598i logical visual",
        "ISO-8859-9: iso-latin-5 latin-5 turkish",
        "ISO-8859-13: latin7 latin-7 l7 csiso885913 iso-ir-179 baltic",
        "ISO-8859-15: iso-latin-9 latin-9 iso8859-15-1",
        "ISO-8859-16: iso-8859-16:2001 latin-10",
        "windows-1250: cswindows1250 x-cp1250 win-1250 ms-ee",
        "windows-1251: cswindows1251 x-cp1251 win-1251 win ms-cyrl",
        "windows-1252: cswindows1252 x-cp1252 win-1252 ms-ansi x-ansi ansi",
        "windows-1253: cswindows1253 x-cp1253 win-1253 ms-greek",
        "windows-1254: cswindows1254 x-cp1254 win-1254 ms-turk",
        "windows-1255: cswindows1255 x-cp1255 win-1255 ms-hebr",
        "windows-1256: cswindows1256 x-cp1256 win-1256 ms-arab",
        "windows-1257: cswindows1257 x-cp1257 win-1257 winbaltrim",
        "windows-1258: cswindows1258 x-cp1258 win-1258",
        "x-windows-874: cp874 windows874 dos-874 cswindows874 x-cp874",
        "x-iso-8859-11: iso-8859-11 iso_8859-11 latin-thai",
        "TIS-620: iso-ir-166 cstis620 tis-620-0 tis-620-2533",
        "KOI8-R: koi koi8r cskoi8r",
        "KOI8-U: koi8-ru koi8u cskoi8u",
        "IBM866: dos-866 csibm866 x-cp866",
        "IBM850: dos-850 cspc850multilingual",
        "IBM437: dos-437",
        "IBM852: dos-852",
        "x-MacRoman: macintosh mac csmacintosh x-mac-roman mac-roman applemac",
        "x-MacCyrillic: x-mac-cyrillic mac-cyrillic",
        "x-MacUkraine: x-mac-ukrainian mac-ukrainian",
        "x-MacCentralEurope: x-mac-ce x-mac-centraleurroman mac-ce mac-centraleurope",
        "x-MacGreek: x-mac-greek",
        "x-MacTurkish: x-mac-turkish",
        "x-MacIceland: x-mac-icelandic",
        "x-MacCroatian: x-mac-croatian",
        "x-MacRomania: x-mac-romanian",
        "x-MacArabic: x-mac-arabic",
        "x-MacHebrew: x-mac-hebrew",
        "x-MacThai: x-mac-thai",
        "Shift_JIS: x-mac-japanese x-shift-jis shiftjis",
        "windows-31j: cp932 ms932 ms_932 windows932 cswindows31j ibm943",
        "EUC-JP: x-euc ujis eucjp-ms cseucpkdfmtjapanese",
        "ISO-2022-JP: iso-2022-jp-1 iso-2022-jp-3 csiso2022jp",
        "x-windows-50221: cp50221 iso-2022-jp-ms",
        "x-windows-50220: cp50220",
        "EUC-KR: x-mac-korean",
        "x-windows-949: ks_c_5601-1987 ks_c_5601-1989 ks_c_5601 ksc5601 ksc_5601 ksc5601-1987 cp949 uhc korean"
                + " csksc56011987 iso-ir-149",
        "GBK: ms936 x-gbk csgbk windows-936-2000",
        "GB18030: gb2312 gb_2312 gb_2312-80 gb2312-80 gb2312-1980 csgb2312 csiso58gb231280 chinese iso-ir-58 euc-cn euccn"
                + " x-euc-cn gb18030-2000 gb18030-2005 x-mac-chinesesimp gb",
        "Big5: x-mac-chinesetrad x-x-big5 cn-big5 big-5 zh-tw-big5 csbig5",
        "x-windows-950: cp950 ms950 big5-eten",
    };

    private static final Map<String, Charset> KNOWN = known();

    private CharsetNames() {}

    static Optional<Charset> find(String name) {
        var key = key(name);
        return key.isEmpty() ? Optional.empty() : Optional.ofNullable(KNOWN.get(key));
    }

    private static Map<String, Charset> known() {
        var known = new HashMap<String, Charset>(4096);
        for (var charset : Charset.availableCharsets().values()) {
            for (var alias : charset.aliases()) {
                known.putIfAbsent(key(alias), charset);
            }
        }
        for (var charset : Charset.availableCharsets().values()) { // a charset's name is stronger than another's alias
            known.put(key(charset.name()), charset);
        }
        for (var line : ALIASES) {
            int colon = line.indexOf(": ");
            var charset = known.get(key(line.substring(0, colon)));
            if (charset != null) { // a JDK cut down to fewer modules has fewer
                for (var alias : line.substring(colon + 2).split(" ", -1)) {
                    known.put(key(alias), charset);
                }
            }
        }
        put(
                known,
                SingleByteCharset.ISO_8859_10,
                "latin6",
                "latin-6",
                "l6",
                "csisolatin6",
                "iso-ir-157",
                "iso_8859-10:1992");
        put(
                known,
                SingleByteCharset.ISO_8859_14,
                "latin8",
                "latin-8",
                "l8",
                "iso-celtic",
                "csiso885914",
                "iso-ir-199",
                "iso_8859-14:1998");
        put(known, Utf7.CHARSET, "unicode-1-1-utf-7", "csunicode11utf7", "x-unicode-2-0-utf-7", "unicode-2-0-utf-7");
        known.remove(""); // and what says only that the octets have no name
        for (var none : new String[] {"8bit", "binary", "unknown", "xunknown", "default", "none"}) {
            known.remove(none);
        }
        return Map.copyOf(known);
    }

    private static void put(Map<String, Charset> known, Charset charset, String... aliases) {
        known.put(key(charset.name()), charset);
        for (var alias : aliases) {
            known.put(key(alias), charset);
        }
    }

    /** The letters, in lower case, and digits of a name up to RFC 2231 §5's language; empty when it can be no name. */
    private static String key(String name) {
        int language = name.indexOf('*');
        int length = language < 0 ? name.length() : language;
        if (length > LONGEST) {
            return "";
        }
        var key = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            char c = name.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                key.append((char) (c + 32));
            } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                key.append(c);
            } else if (c >= 0x80) {
                return "";
            }
        }
        return key.toString();
    }
}
