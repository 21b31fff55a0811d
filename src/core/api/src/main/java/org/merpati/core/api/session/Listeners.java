package org.merpati.core.api.session;

import java.util.List;

/** What this server listens on. A bean in the homes that know; not every home knows of its container's HTTP. */
public interface Listeners {
    /** In the order of the settings; those that are open now. */
    List<ListenerInfo> open();
}
