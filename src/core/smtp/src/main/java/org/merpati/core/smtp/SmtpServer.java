package org.merpati.core.smtp;

import org.merpati.core.api.directory.Directory;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.spool.Spool;
import org.merpati.core.api.stage.SmtpStage;
import org.merpati.core.transport.Reception;

/** What all sessions of a listener share. */
record SmtpServer(
        SmtpKind kind,
        SmtpLimits limits,
        Door door,
        Directory directory,
        Spool spool,
        Reception reception,
        Mechanisms mechanisms,
        SmtpStage stages,
        Pacing pacing) {}
