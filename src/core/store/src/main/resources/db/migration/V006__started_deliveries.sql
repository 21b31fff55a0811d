-- Deliveries to so many accounts that they take several transactions, until the last of these: a sender's next try goes on
-- under the same id. fingerprint: of sender, recipients and octets
create table started_delivery (
    fingerprint varchar(64) primary key,
    delivery varchar(36) not null,
    started bigint not null
);
