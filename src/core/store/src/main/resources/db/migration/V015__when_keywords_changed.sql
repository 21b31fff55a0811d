-- A place's modseq is the greater of its own and keywords_modseq of its email, so that a change of keywords writes one row,
-- wherever the email is. What has changed in a mailbox is found by email_modseq: no place has a greater modseq than its email.
alter table email add column keywords_modseq bigint default 0 not null;
drop index mailbox_email_modseq;
update email set modseq = (select max(m.modseq) from mailbox_email m where m.email_id = email.id)
    where exists (select 1 from mailbox_email m where m.email_id = email.id and m.modseq > email.modseq);
