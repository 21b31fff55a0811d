package org.merpati.lib.smtp;

/** The extensions there are, by what EHLO's answer calls them. Which of them a session offers is the server's choice. */
public enum Extension {
    /** RFC 2920 */
    PIPELINING("PIPELINING"),
    /** RFC 1870 */
    SIZE("SIZE"),
    /** RFC 6152 */
    EIGHT_BIT_MIME("8BITMIME"),
    /** RFC 6531 */
    SMTPUTF8("SMTPUTF8"),
    /** RFC 3030 §2 */
    CHUNKING("CHUNKING"),
    /** RFC 3030 §3 */
    BINARYMIME("BINARYMIME"),
    /** RFC 2034 */
    ENHANCEDSTATUSCODES("ENHANCEDSTATUSCODES"),
    /** RFC 3207 */
    STARTTLS("STARTTLS"),
    /** RFC 4954 */
    AUTH("AUTH"),
    /** RFC 3461 */
    DSN("DSN"),
    /** RFC 8689 */
    REQUIRETLS("REQUIRETLS"),
    /** RFC 2852 */
    DELIVERBY("DELIVERBY"),
    /** RFC 4865 */
    FUTURERELEASE("FUTURERELEASE"),
    /** RFC 6710 */
    MT_PRIORITY("MT-PRIORITY"),
    /** RFC 3865 */
    NO_SOLICITING("NO-SOLICITING"),
    /** RFC 9422 */
    LIMITS("LIMITS"),
    /** RFC 5321 §4.1.1.8 */
    HELP("HELP");

    private final String keyword;

    Extension(String keyword) {
        this.keyword = keyword;
    }

    /** As it stands in EHLO's answer. */
    public String keyword() {
        return keyword;
    }
}
