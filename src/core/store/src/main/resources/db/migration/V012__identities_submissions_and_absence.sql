-- Who an account's mail is sent as. id: the account's modseq when it was made; 0: the one that every account has, once it was
-- changed: then its email is empty, being the account's own address. reply_to, bcc: lists of addresses in JSON; null: none
create table sender_identity (
    account_id bigint not null references account (id),
    id bigint not null,
    email varchar(254) not null,
    name varchar(255) not null,
    reply_to varchar(65536),
    bcc varchar(65536),
    text_signature varchar(65536) not null,
    html_signature varchar(65536) not null,
    modseq bigint not null,
    primary key (account_id, id)
);

-- What an account has sent. id: as above; identity_id, email_id and thread_id may be of what is gone.
-- envelope, delivery: in JSON
create table submission (
    account_id bigint not null references account (id),
    id bigint not null,
    identity_id bigint not null,
    email_id bigint not null,
    thread_id bigint not null,
    send_at bigint not null,
    envelope text not null,
    delivery text not null,
    modseq bigint not null,
    primary key (account_id, id)
);

-- What is said to those who write to somebody who is away. starts, ends: milliseconds; null: no such time
create table absence (
    account_id bigint primary key references account (id),
    enabled boolean not null,
    starts bigint,
    ends bigint,
    subject varchar(1000),
    text_body varchar(262144),
    html_body varchar(262144)
);
