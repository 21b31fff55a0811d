-- Where clients want to be told of changes (RFC 8620 §7.2).
-- url, p256dh, auth: secrets of the device, empty where it has no keys; code: what it has to answer;
-- expires: milliseconds; types: separated by commas, or *
create sequence push_subscription_seq start with 1;
create table push_subscription (
    id bigint primary key,
    account_id bigint not null references account (id),
    device varchar(255) not null,
    url varchar(2000) not null,
    p256dh varchar(100) not null,
    auth varchar(40) not null,
    code varchar(64) not null,
    verified boolean not null,
    expires bigint not null,
    types varchar(2000) not null
);
create index push_subscription_account on push_subscription (account_id);
create index push_subscription_expires on push_subscription (expires);
