-- A follow-up's number within its interview (1.3): given when it is first planned, and kept.
-- A uid begins with the id of its interview, up to a dot.
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

UPDATE event SET interview = coalesce(
  (SELECT interview FROM planned WHERE planned.event = event.number),
  (SELECT number FROM interview WHERE id = substr(uid, 1, instr(uid, '.') - 1)));
INSERT INTO ranked
  SELECT e.number, row_number() OVER (
    PARTITION BY e.interview ORDER BY p.instant IS NOT NULL, p.instant, e.number)
  FROM event e LEFT JOIN planned p ON p.event = e.number WHERE e.interview IS NOT NULL;
UPDATE event SET within = (SELECT within FROM ranked WHERE ranked.event = event.number);
DROP TABLE ranked;
CREATE UNIQUE INDEX event_ref ON event (interview, within);
