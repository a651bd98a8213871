-- The sentence of a change and what fills it, as JSON, so that the history can be read in another language;
-- null in what was written before.
ALTER TABLE journal ADD COLUMN words TEXT;
