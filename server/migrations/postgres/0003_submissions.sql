-- Reports on their way: what was sent, what is said of it, and who decided. Text ids are 128 random bits in hexadecimal,
-- times RFC 3339 in UTC, hashes SHA-256 in hexadecimal.
create table submission (
    id text not null primary key,
    org_unit text not null,
    year bigint not null,
    state text not null check (state in ('draft', 'submitted', 'returned', 'accepted', 'withdrawn')),
    -- Counts up with every change of the content: two people who edit are told of each other.
    revision bigint not null,
    -- The newest vintage when the content came in: what was published later was not seen by who sent it.
    base_vintage bigint not null,
    created_by text not null references account (id),
    created_at text not null,
    updated_at text not null,
    submitted_by text references account (id),
    submitted_at text,
    decided_by text references account (id),
    decided_at text,
    vintage bigint references vintage (id),
    note text not null
);
create index submission_org_unit on submission (org_unit, year);

-- What a revision says: its figures as CSV, and what was found wrong as JSON, both compressed by gzip.
create table submission_content (
    submission text not null references submission (id),
    revision bigint not null,
    figures bytea not null,
    findings bytea not null,
    -- Counted when it was read, for the lists.
    figure_count bigint not null,
    created_by text not null references account (id),
    created_at text not null,
    primary key (submission, revision)
);

-- The file of a revision, as it came. A form has an empty name.
create table submission_file (
    submission text not null references submission (id),
    revision bigint not null,
    name text not null,
    sha256 text not null,
    size bigint not null,
    content bytea not null,
    primary key (submission, revision)
);
create index submission_file_sha256 on submission_file (sha256);

create table confirmation (
    submission text not null references submission (id),
    issue_key text not null,
    reason text not null,
    account text not null references account (id),
    at text not null,
    primary key (submission, issue_key)
);

create table remark (
    id text not null primary key,
    submission text not null references submission (id),
    revision bigint not null,
    -- The figure meant; both or neither.
    indicator text,
    org_unit text,
    account text not null references account (id),
    at text not null,
    text text not null
);
create index remark_submission on remark (submission);

-- What a person said that a header means, for the unit whose reports have it.
create table column_mapping (
    org_unit text not null,
    header text not null,
    indicator text not null,
    primary key (org_unit, header)
);

-- The day by which a unit and those below it report a year.
create table deadline (
    org_unit text not null,
    year bigint not null,
    due text not null,
    primary key (org_unit, year)
);

-- Where a vintage came from: none of both for an import.
alter table vintage add column submission text references submission (id);
alter table vintage add column account text references account (id);
