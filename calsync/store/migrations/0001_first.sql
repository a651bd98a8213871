-- The store as it was first written. A migration is never edited once it has
-- been released: a change of the schema is the next number. Images in the
-- journal are rows by column name, so a migration that renames or drops a
-- column of interview or outcome does the same to them (json_set, json_remove).

PRAGMA application_id = 1667329139;  -- "cals" in ASCII

-- Random once, so that ids derived from it differ between two stores.
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO meta VALUES ('key', lower(hex(randomblob(8))));

-- The last short number given out; undo never lowers it.
CREATE TABLE counter (
  name TEXT PRIMARY KEY,
  last INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO counter VALUES ('interview', 0), ('event', 0);

-- A column for each field of the record; one that came later is in more, as JSON.
-- start is wall time in zone; fold tells
-- the two 01:30 of an autumn night apart. Arrays are JSON, as are spans of days.
CREATE TABLE interview (
  number INTEGER PRIMARY KEY,
  recorded TEXT NOT NULL,
  invitation TEXT,
  invitation_sequence INTEGER,
  start TEXT NOT NULL,
  fold INTEGER NOT NULL,
  zone TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  company TEXT NOT NULL,
  role TEXT NOT NULL,
  minutes INTEGER NOT NULL,
  candidate TEXT NOT NULL,
  country TEXT NOT NULL,
  region TEXT NOT NULL,
  language TEXT NOT NULL,
  contact TEXT NOT NULL,
  contact_role TEXT,
  phone TEXT NOT NULL,
  email TEXT NOT NULL,
  interviewers TEXT,
  decision TEXT,
  agreed TEXT,
  channel TEXT,
  culture TEXT,
  felt TEXT,
  window TEXT,
  busy TEXT,
  away TEXT,
  playbook TEXT NOT NULL,
  topic TEXT NOT NULL,
  strengths TEXT NOT NULL,
  missed TEXT NOT NULL,
  questions TEXT,
  notes TEXT NOT NULL,
  location TEXT NOT NULL,
  url TEXT NOT NULL,
  status TEXT NOT NULL,
  more TEXT NOT NULL
);
CREATE INDEX interview_open ON interview (number) WHERE status = 'open';
CREATE INDEX interview_candidate ON interview (candidate);
CREATE UNIQUE INDEX interview_invitation ON interview (invitation) WHERE invitation IS NOT NULL;

-- Append-only: a row leaves only by undo or with its interview.
CREATE TABLE outcome (
  number INTEGER PRIMARY KEY,
  interview INTEGER NOT NULL REFERENCES interview (number),
  result TEXT NOT NULL,
  at TEXT NOT NULL,
  step TEXT,
  next TEXT,
  decision TEXT,
  by TEXT,
  more TEXT NOT NULL
);
CREATE INDEX outcome_interview ON outcome (interview);

-- The last plan of an interview; basis says what it was worked out from.
CREATE TABLE plan (
  interview INTEGER PRIMARY KEY REFERENCES interview (number),
  basis TEXT NOT NULL,
  record TEXT NOT NULL
);

-- Every event that ever was planned: numbers, sequences and stamps only go up.
-- created and stamp are seconds since 1970 UTC, the rest of the times text with a zone.
CREATE TABLE event (
  number INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  sequence INTEGER NOT NULL,
  created INTEGER NOT NULL,
  stamp INTEGER NOT NULL
);

-- The events of the last plans; instant is the start in seconds since 1970 UTC.
CREATE TABLE planned (
  event INTEGER PRIMARY KEY REFERENCES event (number),
  interview INTEGER NOT NULL REFERENCES plan (interview),
  instant INTEGER NOT NULL,
  record TEXT NOT NULL
);
CREATE INDEX planned_interview ON planned (interview);
CREATE INDEX planned_instant ON planned (instant);

-- What a target has been told: facts about the world outside, which undo leaves alone.
CREATE TABLE published (
  target TEXT NOT NULL,
  uid TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  etag TEXT NOT NULL,
  payload TEXT NOT NULL,
  PRIMARY KEY (target, uid)
);
CREATE TABLE tombstone (
  target TEXT NOT NULL,
  uid TEXT NOT NULL,
  generation INTEGER NOT NULL,
  at TEXT NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (target, uid, generation)
) WITHOUT ROWID;
CREATE TABLE target (
  target TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (target, key)
) WITHOUT ROWID;

-- One entry for each verb; its images say what was there before, by number.
CREATE TABLE journal (
  entry INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  label TEXT NOT NULL,
  undone TEXT
);
CREATE TABLE image (
  entry INTEGER NOT NULL REFERENCES journal (entry),
  step INTEGER NOT NULL,
  kind TEXT NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  before TEXT,
  PRIMARY KEY (entry, step)
);
