"""The whole project holds together: migrations, settings for production, templates, beat, registers."""

import inspect
import os
import re
import subprocess
import sys

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.management import call_command
from django.template import engines
from django.template.base import Template
from django.template.defaulttags import URLNode
from django.urls import get_resolver

from council_portal.celery import app
from social.enums import Channel
from social.publishers.registry import PUBLISHERS
from updates import parts, slots

from .routes import all_routes

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "council_portal.settings.prod",
    "SECRET_KEY": "p4-" + "kD8z1LxQ" * 8,
    "AUDIT_KEY": "a-" + "kD8z1LxQ" * 8,
    "CREDENTIALS_KEY": Fernet.generate_key().decode(),
    "PUBLIC_LOG_KEY": Fernet.generate_key().decode(),
    "PORTAL_URL": "https://portal.riverbank.example",
    "DATABASE_URL": "postgresql://portal@db.riverbank.example/portal",
    "REDIS_URL": "redis://cache.riverbank.example/0",
}
OWN_TEMPLATES = [
    *sorted((settings.BASE_DIR / "templates").rglob("*.*")),
    *settings.BASE_DIR.glob("*/templates/**/*.html"),
]
SLOTS = {
    "every_page": ["social"],
    "notice_main": ["outages", "consultations", "feedback"],
    "notice_aside": ["subscriptions", "social"],
    "staff_notice": ["outages", "social", "subscriptions", "feedback", "consulting"],
    "approve_main": ["subscriptions", "social"],
    "edit_main": ["social"],
    "desk_main": ["outages"],
    "desk": ["incidents", "two_people", "social", "feedback", "consulting"],
    "record_main": ["social", "subscriptions"],
    "inbox": ["social"],
    "staff_voice": ["social"],
    "teams": ["feedback"],
}


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_production_settings_pass_the_deployment_check():
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    said = subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env={**kept, **PRODUCTION},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (said.returncode, said.stderr) == (0, "")


@pytest.mark.parametrize("switch", ["DEMO_ONE_TIME_CODES", "SOCIAL_ALLOW_PRIVATE_ADDRESSES"])
def test_demo_switch_in_production_keeps_the_portal_from_starting(switch, tmp_path):
    (tmp_path / "wrong_switch.py").write_text(
        f"from council_portal.settings.prod import *\n{switch} = True\n"
    )
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    own = {"DJANGO_SETTINGS_MODULE": "wrong_switch", "PYTHONPATH": str(tmp_path)}
    said = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=settings.BASE_DIR,
        env={**kept, **PRODUCTION, **own},
        capture_output=True,
        text=True,
        check=False,
    )

    assert said.returncode == 1
    assert f"{switch} is on" in said.stderr


@pytest.mark.parametrize("path", OWN_TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_template_compiles_and_its_addresses_exist(path):
    compiled = engines["django"].from_string(path.read_text()).template
    names = {
        str(node.view_name.var)
        for node in _nodes(compiled)
        if isinstance(node, URLNode) and _is_literal(node)
    }

    assert names - _known_names() == set()


def test_no_template_brings_script_or_style_into_the_page():
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)[^>]*>|<style\b|\sstyle=|\son\w+=\"|javascript:",
        re.I,
    )
    tags = re.compile(r"{%.*?%}|{{.*?}}", re.S)
    pages = [path for path in OWN_TEMPLATES if path.suffix == ".html" and "emails" not in path.parts]
    found = {str(path): inline.findall(tags.sub("", path.read_text())) for path in pages}

    assert {path: bad for path, bad in found.items() if bad} == {}


def test_every_task_of_the_beat_exists():
    app.loader.import_default_modules()

    assert {entry["task"] for entry in app.conf.beat_schedule.values()} - set(app.tasks) == set()


def test_every_periodic_task_is_in_the_beat():
    app.loader.import_default_modules()
    ours = {name: task for name, task in app.tasks.items() if name.split(".")[0] in settings.INSTALLED_APPS}
    # What is given an id is enqueued by whoever made the row; the rest only the beat can call.
    periodic = {name for name, task in ours.items() if not inspect.signature(task.run).parameters}

    assert periodic == {entry["task"] for entry in app.conf.beat_schedule.values()}


def test_every_channel_has_a_publisher():
    assert {channel: PUBLISHERS[channel].channel for channel in Channel} == {each: each for each in Channel}
    assert set(PUBLISHERS) == set(Channel)


def test_rooms_fill_exactly_the_slots_they_should():
    filled = {
        slot: [part.name for part in sorted(found.values(), key=lambda part: (part.order, part.name))]
        for slot, found in slots._parts.items()
    }

    assert filled == SLOTS


def test_rooms_stand_under_approval():
    assert [part.name for part in parts.registered()] == ["social"]


def _nodes(compiled: Template):
    waiting = list(compiled.nodelist)
    while waiting:
        node = waiting.pop()
        yield node
        for name in getattr(node, "child_nodelists", ()):
            waiting.extend(getattr(node, name, None) or ())
        for _condition, nodes in getattr(node, "conditions_nodelists", ()):
            waiting.extend(nodes)


def _is_literal(node: URLNode) -> bool:
    return isinstance(node.view_name.var, str)


def _known_names() -> set[str]:
    return {route.name for route in all_routes()} | {
        str(name) for name in get_resolver().reverse_dict if isinstance(name, str)
    }
