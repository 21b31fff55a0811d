-- What was found in a message when it was read: with its octets, as it follows from them and never changes.
-- Null in rows that are older; such a message is read again when it is asked for.

alter table blob add column structure bytea;
alter table blob add column preview varchar(256);
