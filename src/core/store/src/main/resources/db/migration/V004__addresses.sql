-- One namespace: an address is one account's own, an alias of one account, or a list. An address never changes.
-- kind: account, alias or list; account_id: of an account and of an alias; name: of a list
create table address (
    address varchar(254) primary key,
    domain_id bigint not null references domain (id),
    kind varchar(10) not null,
    account_id bigint references account (id),
    name varchar(255) not null,
    created bigint not null
);
create index address_domain on address (domain_id);
create index address_account on address (account_id);

insert into address (address, domain_id, kind, account_id, name, created)
    select a.address, a.domain_id, 'account', a.id, '', a.created from account a;

create table list_member (
    list varchar(254) not null references address (address),
    member varchar(254) not null references address (address),
    primary key (list, member)
);
create index list_member_member on list_member (member);

-- catch_all: takes the mail for addresses of the domain that there are not; null: that mail is refused
alter table domain add column subaddressing boolean default true not null;
alter table domain add column catch_all varchar(254) references address (address);
create index domain_catch_all on domain (catch_all);
