"""The pages, a module each: see ``calsync.web`` for how one is added."""
