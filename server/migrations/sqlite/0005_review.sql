-- Two steps of review, publications that are undone, and what the lists show without opening what they list.

-- Who endorsed a report that waits, and the unit at which they hold the role by which they did: who accepts it stands
-- above that. A report that waits with these is `endorsed`; one that came back has lost them.
alter table submission add column endorsed_by text references account (id);
alter table submission add column endorsed_at text;
alter table submission add column endorsed_unit text;

-- What is left to do in the present content, counted whenever content or confirmations change; none where it was never
-- counted.
alter table submission add column errors integer;
alter table submission add column open_warnings integer;

-- The vintage that this one takes back. Each can be taken back once: from then on its figures are another vintage's.
alter table vintage add column undoes integer references vintage (id);
create unique index vintage_undoes on vintage (undoes);

-- How many figures it added or changed, and how many it withdrew.
alter table vintage add column added_count integer not null default 0;
alter table vintage add column withdrawn_count integer not null default 0;
update vintage set added_count = counted.added, withdrawn_count = counted.withdrawn
    from (select vintage, sum(1 - withdrawn) as added, sum(withdrawn) as withdrawn from observation group by vintage)
    as counted where counted.vintage = vintage.id;
