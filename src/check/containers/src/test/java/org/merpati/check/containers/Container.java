package org.merpati.check.containers;

import java.nio.file.Path;

/** An application server: the EAR is deployed to it, and an administrator sets it up and changes it. */
interface Container extends Home {
    /** Runs the set-up command of deploy-descriptors, whether the server is stopped or runs. */
    void setUp();

    /** Deploys, or redeploys what is there. */
    void deploy(Path ear);

    void undeploy();

    /** Deploys another application beside it. */
    void deployOther(Path war);

    /** Changes the SMTP adapter's port as the README says, and makes it take effect. */
    void changeSmtpPort(int port);
}
