package org.merpati.lib.sasl;

/** A message that its mechanism does not allow. The text is ours and holds nothing of the peer's. */
public final class SaslSyntaxException extends RuntimeException {
    private final String problem;

    public SaslSyntaxException(String problem) {
        super(problem, null, false, false);
        this.problem = problem;
    }

    /** For logs and replies. */
    public String problem() {
        return problem;
    }
}
