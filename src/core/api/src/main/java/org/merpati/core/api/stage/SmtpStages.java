package org.merpati.core.api.stage;

import java.util.List;

/** The plug-ins that are there. A service behind the door; in every home one bean. */
public interface SmtpStages {
    /** In no order; the same ones in the same places for as long as the server runs. */
    List<SmtpStage> all();
}
