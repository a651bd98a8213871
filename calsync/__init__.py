"""calsync turns interviews into dated follow-ups, and says why each date is where it is."""

__version__ = "0.1.0"
