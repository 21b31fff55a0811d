-- removed: when; from then on the account has no address and no domain, and its rows are taken away part by part. Null: it is
-- there.
alter table account alter column address drop not null;
alter table account alter column domain_id drop not null;
alter table account add column removed bigint;
create index account_removed on account (removed);
