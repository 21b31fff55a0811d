package org.merpati.launch.runtime;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "note")
public class Note {
    @Id
    private long id;

    private String text = "";

    protected Note() {}

    Note(long id, String text) {
        this.id = id;
        this.text = text;
    }

    long id() {
        return id;
    }

    String text() {
        return text;
    }
}
