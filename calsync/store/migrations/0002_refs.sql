-- A follow-up's number within its interview (1.3): given when it is first planned, and kept.
-- One that is not planned now gets its number when it is again.
ALTER TABLE event ADD COLUMN interview INTEGER;
ALTER TABLE event ADD COLUMN within INTEGER;
CREATE TABLE ranked (event INTEGER PRIMARY KEY, within INTEGER NOT NULL);

-- What lists ask of an event is a column; the record says it too.
ALTER TABLE planned ADD COLUMN step TEXT NOT NULL DEFAULT '';
ALTER TABLE planned ADD COLUMN action TEXT NOT NULL DEFAULT '';
ALTER TABLE planned ADD COLUMN person TEXT NOT NULL DEFAULT '';
UPDATE planned SET
  step = coalesce(json_extract(record, '$.step'), ''),
  action = coalesce(json_extract(record, '$.action'), ''),
  person = coalesce(json_extract(record, '$.person[0]'), '')
WHERE json_valid(record);

INSERT INTO ranked
  SELECT event, row_number() OVER (PARTITION BY interview ORDER BY action = 'prepare', instant, event) FROM planned;
UPDATE event SET
  interview = (SELECT interview FROM planned WHERE planned.event = event.number),
  within = (SELECT within FROM ranked WHERE ranked.event = event.number);
DROP TABLE ranked;
CREATE UNIQUE INDEX event_ref ON event (interview, within);
