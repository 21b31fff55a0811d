-- Submissions that wait. status: pending, final or canceled; blob_id: of the octets that go out at send_at, null once nothing
-- goes out any more; claimed: when a server began to send it, 0: none has
alter table submission add column status varchar(8) default 'final' not null;
alter table submission add column blob_id bigint references blob (id);
alter table submission add column claimed bigint default 0 not null;
create index submission_blob on submission (blob_id);
create index submission_waiting on submission (status, send_at);
