-- A file in pieces, so that none is ever held in memory as a whole: numbered from 0, each of 256 KiB but the last. What was
-- stored before is one piece, however long.
create table submission_piece (
    submission text not null,
    revision integer not null,
    number integer not null,
    content blob not null,
    primary key (submission, revision, number),
    foreign key (submission, revision) references submission_file (submission, revision)
) strict;

insert into submission_piece (submission, revision, number, content)
    select submission, revision, 0, content from submission_file where size > 0;

alter table submission_file drop column content;
