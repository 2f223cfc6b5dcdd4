"""Puts up the triggers that refuse any change to the trail."""

from django.db import migrations

from audit import triggers


def put_up(apps, schema_editor):
    for statement in triggers.create_statements(schema_editor.connection):
        schema_editor.execute(statement)


def take_down(apps, schema_editor):
    for statement in triggers.drop_statements(schema_editor.connection):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """SQLite rebuilds a table to alter it and loses its triggers: a later migration of `audit` repeats this one."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(put_up, take_down)]
