"""Where follow-ups go: one room for each kind of calendar, imported when it is used.

A new target is a package beside ``ics`` that takes Events and gives back what
it did; nothing here may be imported by another target.
"""
