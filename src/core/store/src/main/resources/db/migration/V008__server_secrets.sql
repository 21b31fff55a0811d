-- Small secrets that all servers on this database share and that outlive a restart, each made when it is first needed.
-- octets: in hexadecimal
create table server_secret (
    name varchar(64) primary key,
    octets varchar(64) not null
);
