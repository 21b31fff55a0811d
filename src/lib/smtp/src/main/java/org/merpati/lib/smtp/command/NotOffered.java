package org.merpati.lib.smtp.command;

/** A command that some standard has and this server does not. RFC 5321 §4.2.4. */
public record NotOffered(SmtpVerb verb) implements SmtpCommand.AnyTime {}
