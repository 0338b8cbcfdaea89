-- People, their rights and the log of what they did. Text ids are 128 random bits in hexadecimal, times RFC 3339 in UTC,
-- hashes SHA-256 in hexadecimal. Of a session, a link and a token only the hash is here: a copy of the database signs
-- nobody in.
create table account (
    id text not null primary key,
    name text not null unique,
    display_name text not null,
    -- An argon2id hash with its parameters; none until the person has chosen a password.
    password text,
    created_at text not null,
    disabled_at text
) strict, without rowid;

create table assignment (
    account text not null references account (id),
    org_unit text not null,
    role text not null check (role in ('reporter', 'reviewer', 'administrator')),
    primary key (account, org_unit, role)
) strict, without rowid;

create table session (
    token_hash text not null primary key,
    account text not null references account (id),
    created_at text not null,
    seen_at text not null,
    expires_at text not null
) strict, without rowid;
create index session_account on session (account);

create table one_time_link (
    token_hash text not null primary key,
    purpose text not null check (purpose in ('invitation', 'reset')),
    account text not null references account (id),
    -- None where the operator of the machine made it.
    created_by text references account (id),
    expires_at text not null,
    used_at text
) strict, without rowid;
create index one_time_link_account on one_time_link (account);

create table api_token (
    id text not null primary key,
    token_hash text not null unique,
    account text not null references account (id),
    name text not null,
    scope text not null check (scope in ('read', 'report', 'review')),
    created_at text not null,
    used_at text,
    revoked_at text
) strict, without rowid;
create index api_token_account on api_token (account);

-- Append-only. Each entry is written in the transaction that it describes; its hash seals it and the entry before.
create table audit (
    id integer not null primary key,
    at text not null,
    -- Who; none where the operator of the machine did it by a command, or the program itself.
    account text,
    action text not null,
    org_unit text,
    subject text not null,
    detail text not null,
    hash text not null
) strict;
