"""Moves questions, feedback and answer mails into the tables that now keep all sorts together.

Questions keep their ids, by which answers name them; feedback gets new ones (its references stay).
"""

from django.core.management.color import no_style
from django.db import migrations
from django.db.migrations.exceptions import IrreversibleError

from feedback import identity

COPIED = [
    "notice_id",
    "reference",
    "token",
    "form_key",
    "text",
    "public_text",
    "name",
    "email",
    "ward_id",
    "source",
    "source_key",
    "source_url",
    "handle",
    "received_at",
    "status",
    "hidden_reason",
    "moderated_by_id",
    "moderated_at",
    "version",
]
OF_QUESTIONS = ["wants_reply", "due_on", "current_answer_id"]
BATCH = 500


def move(apps, schema_editor):
    model = apps.get_model
    teams = dict(model("updates", "Notice").objects.values_list("pk", "team_id"))
    _copy(model, "Question", ["id", *COPIED, *OF_QUESTIONS], "question", teams)
    _free_ids(schema_editor.connection, model("feedback", "Voice"))
    _copy(model, "Feedback", [*COPIED, "helpful"], "feedback", teams)
    _move_mails(model)


def _copy(model, name, fields, sort, teams):
    voice = model("feedback", "Voice")
    made = []
    for row in model("feedback", name).objects.order_by("pk").values(*fields).iterator(BATCH):
        made.append(
            voice(
                **row,
                sort=sort,
                team_id=teams[row["notice_id"]],
                person=identity.person(row["email"], row["source"], row["handle"]),
                text_print=identity.text_print(row["text"]),
            )
        )
        if len(made) == BATCH:
            voice.objects.bulk_create(made)
            made = []
    voice.objects.bulk_create(made)


def _free_ids(connection, voice):
    """Let the next id be one above those that were copied: PostgreSQL counts by itself."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [voice]):
            cursor.execute(statement)


def _move_mails(model):
    letter, mail = model("feedback", "Letter"), model("feedback", "AnswerMail")
    shared = [field.attname for field in mail._meta.concrete_fields if field.name not in ("id", "answer")]
    for row in mail.objects.select_related("answer").order_by("pk").iterator(BATCH):
        person = identity.person(row.payload.get("to", ""))
        letter.objects.create(
            **{name: getattr(row, name) for name in shared},
            purpose="answer",
            once=f"answer-{row.answer_id}-{person}",
            person=person,
            answer_id=row.answer_id,
            voice_id=row.answer.question_id,
        )


def stay(apps, schema_editor):
    """Nothing to move back from an empty table; what is there would be lost, so it is refused."""
    if apps.get_model("feedback", "Voice").objects.exists():
        raise IrreversibleError("Questions and feedback cannot be moved back into two tables.")


class Migration(migrations.Migration):
    dependencies = [("feedback", "0003_listening")]

    operations = [migrations.RunPython(move, stay, elidable=True)]
