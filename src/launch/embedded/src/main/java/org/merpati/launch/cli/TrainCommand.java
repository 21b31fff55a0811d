package org.merpati.launch.cli;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import org.merpati.launch.train.Training;
import org.merpati.launch.train.Training.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The launcher runs it once after each build, in a JVM that writes down what it has learned. */
@Command(name = "train", hidden = true, description = "Used by the build.")
final class TrainCommand implements Callable<Integer> {
    @Option(names = "--classes-only", description = "For a JVM that keeps classes alone.")
    private boolean classesOnly;

    TrainCommand() {}

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        Logging.toStandardError(Level.WARNING);
        Training.run(classesOnly ? Scope.CLASSES : Scope.HOT_CODE);
        return 0;
    }
}
