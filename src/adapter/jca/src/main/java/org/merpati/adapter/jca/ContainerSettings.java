package org.merpati.adapter.jca;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.merpati.core.api.config.Config;
import org.merpati.core.api.config.Settings;

/** Settings in an application server: as anywhere, and with the data folder in the server's own unless told otherwise. */
public final class ContainerSettings {
    /** Where WildFly, and Payara or GlassFish, say that an application may keep its data. */
    private static final List<String> SERVER_FOLDERS = List.of("jboss.server.data.dir", "com.sun.aas.instanceRoot");

    private ContainerSettings() {}

    /**
     * Reads the settings.
     *
     * @param given by name; they win over all other sources
     * @param source how to call those in messages
     * @throws org.merpati.core.api.config.ConfigException when one of them is not right
     */
    public static Config load(Map<String, String> given, String source) {
        var all = new LinkedHashMap<>(given);
        if (!all.containsKey(Settings.DATA.name()) && !dataIsSet()) {
            SERVER_FOLDERS.stream()
                    .map(System::getProperty)
                    .filter(folder -> folder != null && !folder.isBlank())
                    .findFirst()
                    .ifPresent(folder -> all.put(Settings.DATA.name(), folder + "/merpati"));
        }
        return Config.load(all, source);
    }

    private static boolean dataIsSet() {
        return System.getProperty(Settings.DATA.propertyName()) != null
                || System.getenv(Settings.DATA.environmentName()) != null
                || System.getenv(Settings.DATA.environmentName() + "_FILE") != null;
    }
}
