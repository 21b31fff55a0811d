package org.merpati.adapter.rar.smtp;

import org.merpati.adapter.jca.ListenerActivation;

/** A bean's wish to serve SMTP, submission or LMTP. */
public class SmtpActivation extends ListenerActivation {}
