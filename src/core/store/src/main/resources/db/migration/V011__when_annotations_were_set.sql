-- The account's modseq when an entry was set last: what a client that waits for changes compares.
alter table annotation add column modseq bigint default 0 not null;
