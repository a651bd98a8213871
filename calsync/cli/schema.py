"""``calsync schema``: what a record, the settings or a playbook may hold, as JSON Schema for editors."""

import json

import click

from calsync.cli.options import common_options
from calsync.intake.json_schema import record_schema
from calsync.playbooks.json_schema import playbook_schema
from calsync.settings.json_schema import settings_schema

__all__ = ["schema"]

_SCHEMAS = {"record": record_schema, "settings": settings_schema, "playbook": playbook_schema}


@click.command()
@click.argument("which", type=click.Choice(list(_SCHEMAS)))
@common_options
def schema(which: str) -> None:
    """Print a JSON Schema (2020-12) of a record, of settings.toml or of a playbook.

    An editor that knows it completes keys and shows what is wrong while you type.
    """
    click.echo(json.dumps(_SCHEMAS[which](), ensure_ascii=False, indent=1))
