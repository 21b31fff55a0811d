-- What clients have noted of a mailbox, or of the account as a whole: mailbox_id 0. entry: in lower case
create table annotation (
    account_id bigint not null references account (id),
    mailbox_id bigint not null,
    entry varchar(255) not null,
    content bytea not null,
    primary key (account_id, mailbox_id, entry)
);
create index annotation_mailbox on annotation (mailbox_id);
