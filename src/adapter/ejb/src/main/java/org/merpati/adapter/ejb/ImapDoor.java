package org.merpati.adapter.ejb;

import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.merpati.core.api.door.Door;
import org.merpati.core.api.door.Outcome;
import org.merpati.core.api.door.Unit;
import org.merpati.core.store.DoorWork;

/** The door of IMAP connections. */
@MessageDriven(name = "ImapDoor", messageListenerInterface = Door.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ImapDoor implements Door {
    @Inject
    DoorWork work;

    @Override
    public <T> Outcome<T> call(Unit<T> unit) {
        return work.run(unit);
    }
}
