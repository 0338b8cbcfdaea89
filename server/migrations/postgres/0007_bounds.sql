-- What is asked of a vintage or of a year without looking at all there is.

-- The figures of a vintage, for who undoes it.
create index observation_vintage on observation (vintage);

-- When a report was first sent: sending it again after it came back makes nobody late. Until now only the log said so.
alter table submission add column first_submitted_at text;
update submission set first_submitted_at = coalesce(
    (select min(at) from audit where action = 'submission.submit' and subject = submission.id), submitted_at);
