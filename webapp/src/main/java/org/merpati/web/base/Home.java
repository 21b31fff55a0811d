package org.merpati.web.base;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/** Which of the three homes this is, by what its servlet container calls itself. */
public enum Home {
    EMBEDDED("embedded"),
    WILDFLY("WildFly"),
    PAYARA("Payara");

    private final String label;

    Home(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    public static Home of(HttpServletRequest request) {
        return of(request.getServletContext().getServerInfo());
    }

    static Home of(String serverInfo) {
        var name = serverInfo.toLowerCase(Locale.ROOT);
        if (name.contains("payara") || name.contains("glassfish")) {
            return PAYARA;
        }
        return name.contains("wildfly") || name.contains("jboss") || name.contains("undertow") ? WILDFLY : EMBEDDED;
    }
}
