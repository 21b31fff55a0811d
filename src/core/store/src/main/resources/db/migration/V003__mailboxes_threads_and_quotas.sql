-- The change log: what IMAP (CONDSTORE, QRESYNC) and JMAP (/changes) ask "since" for.
alter table email add column modseq bigint default 0 not null;
alter table email add column created_modseq bigint default 0 not null;
update email set
    modseq = (select coalesce(max(m.modseq), 0) from mailbox_email m where m.email_id = email.id),
    created_modseq = (select coalesce(max(m.modseq), 0) from mailbox_email m where m.email_id = email.id);
create index email_modseq on email (account_id, modseq);
create index email_created on email (account_id, created_modseq);
create index email_thread on email (account_id, thread_id);

-- only what was delivered has one
alter table email alter column delivery drop not null;

-- changed_modseq: of the last change of name, role, order or subscription; modseq: of any change
alter table mailbox add column sort_order integer default 0 not null;
alter table mailbox add column deleted bigint default 0 not null;
alter table mailbox add column created_modseq bigint default 0 not null;
alter table mailbox add column changed_modseq bigint default 0 not null;

-- What is no more. history_from: changes up to that modseq are forgotten.
create table expunged (
    mailbox_id bigint not null,
    uid bigint not null,
    account_id bigint not null,
    modseq bigint not null,
    primary key (mailbox_id, uid)
);
create index expunged_modseq on expunged (mailbox_id, modseq);
create index expunged_account on expunged (account_id, modseq);

-- kind: email or mailbox; thread_id: of an email
create table destroyed (
    account_id bigint not null,
    kind varchar(10) not null,
    id bigint not null,
    thread_id bigint not null,
    created_modseq bigint not null,
    modseq bigint not null,
    primary key (account_id, kind, id)
);
create index destroyed_modseq on destroyed (account_id, modseq);

alter table account add column history_from bigint default 0 not null;

-- subscriptions of mailboxes that are gone
create table orphaned_subscription (
    account_id bigint not null references account (id),
    name varchar(1000) not null,
    primary key (account_id, name)
);

-- key_hash: the first 64 bits of a SHA-256 over message-id and base subject
create table thread_key (
    account_id bigint not null,
    key_hash bigint not null,
    thread_id bigint not null,
    primary key (account_id, key_hash)
);
create index thread_key_thread on thread_key (account_id, thread_id);

-- messages and size: of the account's emails, each once; null quotas: no limit
alter table account add column messages bigint default 0 not null;
alter table account add column size bigint default 0 not null;
alter table account add column quota_messages bigint;
alter table account add column quota_size bigint;
update account set
    messages = (select count(*) from email e where e.account_id = account.id),
    size = (select coalesce(sum(e.size), 0) from email e where e.account_id = account.id);
alter table domain add column quota_messages bigint;
alter table domain add column quota_size bigint;

create sequence upload_seq start with 50 increment by 50;
create table upload (
    id bigint primary key,
    account_id bigint not null references account (id),
    blob_id bigint not null references blob (id),
    type varchar(255) not null,
    expires bigint not null
);
create index upload_account on upload (account_id);
create index upload_blob on upload (blob_id);
create index upload_expires on upload (expires);

create index blob_sha256 on blob (sha256);
create index mailbox_email_deleted on mailbox_email (mailbox_id, deleted, uid);
update mailbox set deleted = (select count(*) from mailbox_email m where m.mailbox_id = mailbox.id and m.deleted);
