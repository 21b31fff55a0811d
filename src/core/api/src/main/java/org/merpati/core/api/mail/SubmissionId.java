package org.merpati.core.api.mail;

/** The number of a submission of one account (RFC 8621 §7). Never reused in the account. */
public record SubmissionId(long value) {}
