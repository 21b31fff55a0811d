-- When a message came into this mailbox, whatever its received date says: what clients empty a trash by. Null in rows that
-- are older.
alter table mailbox_email add column saved bigint;
