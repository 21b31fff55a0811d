package org.merpati.adapter.rar.imap;

import org.merpati.adapter.jca.ListenerActivation;

/** A bean's wish to serve IMAP. */
public class ImapActivation extends ListenerActivation {}
