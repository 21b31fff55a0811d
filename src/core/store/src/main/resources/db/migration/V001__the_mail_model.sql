-- One source for H2 and PostgreSQL. Times are milliseconds since 1970 (UTC).
-- Sequences start at their allocation size: EclipseLink counts back from it.

create sequence domain_seq start with 10 increment by 10;
create sequence account_seq start with 10 increment by 10;
create sequence mailbox_seq start with 50 increment by 50;
create sequence email_seq start with 500 increment by 500;
create sequence blob_seq start with 500 increment by 500;

create table domain (
    id bigint primary key,
    name varchar(253) not null,
    created bigint not null,
    constraint domain_name unique (name)
);

create table administrator (
    name varchar(64) primary key,
    argon2 varchar(255) not null,
    scram_sha256 varchar(255) not null,
    scram_sha1 varchar(255) not null
);

-- modseq: the account's one change log counts by it, and raising it is the account's lock
create table account (
    id bigint primary key,
    domain_id bigint not null references domain (id),
    address varchar(254) not null,
    name varchar(255) not null,
    created bigint not null,
    modseq bigint not null,
    uid_validity_next bigint not null,
    argon2 varchar(255) not null,
    scram_sha256 varchar(255) not null,
    scram_sha1 varchar(255) not null,
    constraint account_address unique (address)
);
create index account_domain on account (domain_id);

create table mailbox (
    id bigint primary key,
    account_id bigint not null references account (id),
    name varchar(1000) not null,
    role varchar(20) not null,
    uid_validity bigint not null,
    uid_next bigint not null,
    first_recent bigint not null,
    messages bigint not null,
    unseen bigint not null,
    size bigint not null,
    modseq bigint not null,
    subscribed boolean not null,
    constraint mailbox_name unique (account_id, name)
);

create table blob (
    id bigint primary key,
    sha256 varchar(64) not null,
    segment bigint not null,
    segment_offset bigint not null,
    size bigint not null,
    stored bigint not null
);

create table email (
    id bigint primary key,
    account_id bigint not null references account (id),
    blob_id bigint not null references blob (id),
    thread_id bigint not null,
    received bigint not null,
    size bigint not null,
    header_size integer not null,
    subject varchar not null,
    keywords varchar not null,
    delivery varchar(36) not null,
    constraint email_delivery unique (account_id, delivery)
);
create index email_received on email (account_id, received, id);
create index email_blob on email (blob_id);

create table mailbox_email (
    mailbox_id bigint not null references mailbox (id),
    uid bigint not null,
    account_id bigint not null,
    email_id bigint not null references email (id),
    modseq bigint not null,
    deleted boolean not null,
    primary key (mailbox_id, uid)
);
create index mailbox_email_modseq on mailbox_email (mailbox_id, modseq);
create index mailbox_email_email on mailbox_email (email_id);
