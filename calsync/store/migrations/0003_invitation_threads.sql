-- What the messages about an interview said so far, as JSON: the newest one's stamp, whether it cancels,
-- and of each key the value with the message that it is from.
ALTER TABLE interview ADD COLUMN invitation_thread TEXT;

-- Cancellations of what was not known when they came: facts about the world outside, which undo leaves alone.
CREATE TABLE called_off (
  uid TEXT PRIMARY KEY,
  sequence INTEGER NOT NULL,
  stamp TEXT NOT NULL
) WITHOUT ROWID;
