"""A small portal with something behind every address, and the addresses themselves."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts import invitations
from accounts.models import User
from accounts.services import Place
from feedback import answer_templates, answering, bulk, moderation, receipts, sharing
from feedback.consultations import confirming
from feedback.consultations.answering import Said
from feedback.models import Consultation, Feedback, Question, Theme
from social.alarms import contacts
from social.delivery import deliver_one
from social.enums import IncidentKind, Step
from social.models import Account, Delivery, Drill, Incident, Reply
from social.publishers.base import Receipt
from social.register import log
from social.replies import collecting
from social.sandbox import network
from social.stopping import proposals
from subscriptions import joining, links
from tests import factories
from tests.factories import Cast
from tests.feedback import consulted
from tests.feedback.conftest import asked, told
from tests.social.connected import connect
from tests.subscriptions.conftest import subscriber
from tests.updates import stages
from tests.updates.writing.conftest import WORDS
from updates.enums import Status
from updates.models import Edition
from updates.writing import previews, templates

from . import listened
from .routes import Route

# Statuses in which the desk shows something of its own.
STATUSES = (Status.DRAFT, Status.SUBMITTED, Status.APPROVED, Status.PUBLISHED, Status.WITHDRAWN)


@dataclass
class Portal:
    """What there is: one edition per status, words of residents in every state, one account."""

    cast: Cast
    editions: list[Edition]
    voices: list[Question | Feedback]
    numbers: dict[str, int] = field(default_factory=dict)
    token: str = ""
    preview: dict[str, Any] = field(default_factory=dict)
    preview_token: str = ""
    ward_slug: str = ""
    alert: str = ""
    remote_id: str = ""
    own_pages: dict[str, dict[str, Any]] = field(default_factory=dict)
    # One open, one closed, one decided, one never published.
    consultations: list[Consultation] = field(default_factory=list)

    @property
    def people(self) -> dict[str, User | None]:
        """One person per role, an outsider, and a visitor who did not sign in."""
        roles = ("author", "approver", "moderator", "lead", "councillor", "administrator", "outsider")
        return {"visitor": None, **{role: getattr(self.cast, role) for role in roles}}

    def addresses(self, route: Route) -> list[str]:
        """Return the addresses of `route` that mean something here. Raises LookupError if none is known."""
        return [reverse(route.name, kwargs=values) for values in self._asked(route) or self._values(route)]

    def _asked(self, route: Route) -> list[dict[str, Any]]:
        """Return what opens a page of consultations, none for other pages."""
        if route.name.split(":")[0] not in {"consultations", "consulting"}:
            return []
        if route.varies == {"reference"}:
            return [{"reference": each.reference} for each in self.consultations]
        return [self.own_pages[route.name]] if route.name in self.own_pages else []

    def _values(self, route: Route) -> list[dict[str, Any]]:
        room, _colon, name = route.name.rpartition(":")
        if not route.varies:
            return [{}]
        if route.varies == {"reference", "number"}:
            return [{"reference": each.notice.reference, "number": each.number} for each in self.editions]
        if route.varies == {"reference"} and (room == "inbox" or name in {"question", "me_too", "photo"}):
            return [{"reference": voice.reference} for voice in self.voices]
        if route.varies == {"reference"}:
            return [{"reference": each.notice.reference} for each in self.editions]
        if route.varies == {"reference", "slug"}:
            return [{"reference": each.notice.reference, "slug": each.notice.slug} for each in self.editions]
        return [self._single(route, name)]

    def _single(self, route: Route, name: str) -> dict[str, Any]:
        voice = self.voices[0]
        known: dict[str, dict[str, Any]] = {
            "received": {"reference": voice.reference, "token": voice.token},
            "feedback:object": {"reference": voice.reference, "token": voice.token},
            "feedback:confirm_address": {
                "token": receipts.confirm_path(voice).rstrip("/").rpartition("/")[2]
            },
            "feedback:me_too_confirm": {"reference": self.voices[1].reference, "token": "no-such-token"},
            "team": {"slug": self.cast.team.slug},
            "ward": {"slug": self.ward_slug},
            "events_month": {"month": "2026-11"},
            "widget": {"slug": self.ward_slug},
            "updates:alert": {"identifier": self.alert},
            "start_team": {"kind": "outage"},
            "record_month": {"month": f"{timezone.localdate():%Y-%m}"},
            "record_month_csv": {"month": f"{timezone.localdate():%Y-%m}"},
            **self.own_pages,
            "accept": {"token": self.token},
            "preview_link": {"token": self.preview_token},
            "preview_revoke": self.preview,
            "template_write": {"slug": self.cast.team.slug, "kind": "outage"},
            "connect_to": {"channel": "mastodon"},
            "social:sign_in": {"channel": "facebook"},
            "social:app": {"channel": "facebook"},
            "sandbox:account": {"handle": "riverbank"},
            "sandbox:post": {"handle": "riverbank", "remote_id": self.remote_id},
            "account_reset_password_from_key": {"uidb36": "1", "key": "abc-def"},
        }
        if found := known.get(route.name) or known.get(name):
            return found
        if route.varies == {"pk"} and route.name in self.numbers:
            return {"pk": self.numbers[route.name]}
        raise LookupError(f"{route}: say in tests/guards/populated.py what {set(route.varies)} may be")


def portal(cast: Cast) -> Portal:
    """Fill the database through the code's own doors."""
    account = connect("sandbox", base_url="", handle="riverbank", secret="", teams=[cast.team], by=cast.lead)
    helper = factories.member(cast.team, "author", "Hal Per")
    editions = [stages.edition_in(status, cast, also_by=helper) for status in STATUSES]
    live = next(each for each in editions if each.status == Status.PUBLISHED)
    editions.append(factories.published(cast, "event", title="Concert on the quay"))
    delivery = live.deliveries.get()
    deliver_one(delivery.pk)
    invitation = invitations.invite(
        "new@riverbank.example", "New", "", {Place(cast.team.pk, "author")}, by=cast.administrator
    )
    made = Portal(cast, editions, [*_voices(live, cast), *listened.fill(live.notice, cast)])
    made.token = invitations.link(invitation).rstrip("/").rpartition("/")[2]
    _share(made, editions[0], cast)
    made.consultations = _consultations(cast)
    made.own_pages = _own_pages() | _answers(made.consultations) | _consulting(made.consultations)
    log.catch_up()
    delivery.refresh_from_db()
    made.remote_id = delivery.remote_id
    made.alert = live.alerts.get().identifier
    made.ward_slug = factories.ward("Quayside").slug
    made.numbers = _templates(cast) | _steps(cast, account)
    made.numbers |= _replies(cast, delivery)
    made.numbers |= _ready_made(cast)
    made.numbers |= _bulk(live, cast)
    made.numbers["inbox:theme"] = Theme.objects.all()[0].pk
    shared = sharing.make(by=cast.lead, name="Committee", query="ward=", days=7)
    made.numbers["inbox:share_end"] = shared.pk
    pages = ("shared", "shared_words", "shared_report")
    made.own_pages |= {f"feedback:{name}": {"token": shared.token} for name in pages}
    made.numbers |= _numbers(cast, account.pk, delivery.pk, live.pk, invitation.pk)
    return made


def _own_pages() -> dict[str, dict[str, Any]]:
    """Return what opens the pages of a subscriber and of somebody who has not confirmed yet."""
    kim = subscriber("kim@mail.example")
    followed = kim.subscriptions.get()
    urls = {
        "manage": links.manage_url(kim),
        "leave": links.leave_url(kim, [followed.pk]),
        "confirm": links.confirm_url(joining.wish("jo@mail.example")),
    }
    tokens = {name: url.rstrip("/").rpartition("/")[2] for name, url in urls.items()}
    return {
        **{f"subscriptions:{name}": {"token": token} for name, token in tokens.items()},
        "subscriptions:change": {"token": tokens["manage"], "pk": followed.pk},
    }


def _voices(live: Edition, cast: Cast) -> list[Question | Feedback]:
    waiting, shown, hidden = (asked(live.notice, text) for text in ("When?", "Which street?", "Call 1?"))
    moderation.publish(shown, by=cast.moderator, seen_version=shown.version, public_text=shown.text)
    shown.refresh_from_db()
    answering.answer_publicly(shown, by=cast.author, seen_version=shown.version, text="Quay Street.")
    moderation.hide(hidden, by=cast.moderator, seen_version=hidden.version, reason="abusive")
    return [waiting, shown, hidden, told(live.notice)]


def _consultations(cast: Cast) -> list[Consultation]:
    """One question of each kind in each; somebody answered the first three."""
    opened, closed, decided = (consulted.consultation(cast) for _stage in range(3))
    for each in (opened, closed, decided):
        items = consulted.all_kinds(each)
        said = {items[0].pk: Said((items[0].options.all()[0].pk,)), items[2].pk: Said(number=4)}
        row = consulted.answered(each, {**said, items[4].pk: Said(text="Keep the stage.")})
        remark = row.remarks.get()
        moderation.publish(remark, by=cast.moderator, seen_version=1, public_text=remark.text)
    consulted.closed(closed)
    consulted.outcome(consulted.closed(decided), cast)
    draft = consulted.consultation(cast, stage="draft", published_at=None, published_by=None, opened_at=None)
    return [opened, closed, decided, draft]


def _answers(consultations: list[Consultation]) -> dict[str, dict[str, Any]]:
    """Return what opens the pages of one saved answer, one that waits for its address, one that was sent."""
    opened, closed, *_rest = consultations
    first = opened.items.all()[0]
    said = {first.pk: Said((first.options.all()[0].pk,))}
    saved = consulted.started(opened, said)
    waiting = consulted.answered(opened, said, email="kim@mail.example", wants_outcome=True)
    about = {"reference": opened.reference}
    pages = {name: {**about, "token": saved.token} for name in ("go_on", "check", "saved")}
    pages["received"] = {**about, "token": waiting.token}
    pages["confirm"] = {**about, "token": confirming.token_of(waiting)}
    pages["words"] = {"reference": closed.reference, "number": 5}
    return {f"consultations:{name}": values for name, values in pages.items()}


def _consulting(consultations: list[Consultation]) -> dict[str, dict[str, Any]]:
    """Return what opens the desk's pages of one question, one answer and one decision."""
    opened, *_rest, draft = consultations
    consulted.item(draft)
    one = {"reference": draft.reference, "number": 1}
    pages: dict[str, dict[str, Any]] = dict.fromkeys(("item", "move_item", "remove_item"), one)
    pages["move"] = {"reference": opened.reference, "act": "called_off"}
    counted = opened.responses.filter(state="counted")[0]
    pages["answer"] = {"reference": opened.reference, "pk": counted.pk}
    return {f"consulting:{name}": values for name, values in pages.items()}


def _share(made: Portal, draft: Edition, cast: Cast) -> None:
    link, made.preview_token = previews.make_link(draft, by=cast.author, purpose="the site office", days=3)
    made.preview = {"reference": draft.notice.reference, "number": draft.number, "pk": link.pk}


def _steps(cast: Cast, account: Account) -> dict[str, int]:
    asked = proposals.ask(account, Step.REVOKE, by=cast.lead, note="The person who set it up has left.")
    incident = Incident.objects.create(
        account=account, kind=IncidentKind.UNKNOWN_POST, subject="x-1", summary="A post we did not make."
    )
    contact, _no_secret = contacts.add(
        name="Duty officer", email="duty@riverbank.example", webhook_url="", by=cast.lead
    )
    drill = Drill.objects.create(account=account, started_by=cast.lead)
    return {
        **{f"social:{name}": asked.pk for name in ("proposal", "agree", "refuse")},
        **{f"social:{name}": account.pk for name in ("warn", "warn_in_own_words", "end_warning")},
        **{f"social:{name}": incident.pk for name in ("ask_remove_post", "incident", "incident_close")},
        **{f"social:{name}": contact.pk for name in ("on_call_remove", "on_call_try")},
        **{f"social:{name}": drill.pk for name in ("drill", "drill_end")},
    }


def _replies(cast: Cast, delivery: Delivery) -> dict[str, int]:
    """Somebody mentions us; somebody asks under a post and is answered there."""
    handle = delivery.account.handle
    asked_there = network.say("kim", "Is it safe to drink?", Receipt(delivery.remote_id))
    mention = network.say("jo", f"@{handle} When is the market?")
    collecting.collect(delivery.account_id)
    rows = {row.remote_id: row for row in Reply.objects.all()}
    question = Question.objects.get(reference=rows[asked_there.remote_id].voice)
    moderation.publish(question, by=cast.moderator, seen_version=1, public_text=question.text)
    answering.answer_publicly(question, by=cast.author, seen_version=2, text="Yes.", post="Yes.")
    answer = rows[asked_there.remote_id].answers.get().pk
    pages = ("answer_retry", "answer_give_up", "answer_it_is_there", "answer_not_there")
    about = rows[mention.remote_id].pk
    return {
        "social:mention_join": about,
        "social:mention_set_aside": about,
        **{f"social:{name}": answer for name in pages},
    }


def _templates(cast: Cast) -> dict[str, int]:
    made = templates.start_template(team=cast.team, kind="outage", by=cast.lead, fields=WORDS)
    pages = ("template", "template_edit", "template_approve", "template_retire", "template_use")
    return {f"desk:{name}": made.pk for name in pages}


def _bulk(live: Edition, cast: Cast) -> dict[str, int]:
    voice = told(live.notice, "Cheap watches.")
    key = uuid.uuid4()
    made = bulk.plan(bulk.What.hide("spam"), {voice: voice.version}, {}, by=cast.moderator, key=key)
    bulk.work(made.pk)
    return {"inbox:bulk_result": made.pk, "inbox:bulk_undo": made.pk}


def _ready_made(cast: Cast) -> dict[str, int]:
    template = answer_templates.save(None, by=cast.author, team=cast.team, name="Thanks", text="Thank you.")
    pages = ("answer_template", "answer_template_remove")
    answer = Question.objects.exclude(current_answer=None)[0].current_answer_id
    return {**{f"inbox:{name}": template.pk for name in pages}, "inbox:promise_kept": answer}


def _numbers(cast: Cast, account: int, delivery: int, edition: int, invitation: int) -> dict[str, int]:
    about_people = ("person", "roles", "deactivate", "reactivate", "reset_factor", "end_sessions")
    about_accounts = (
        "account",
        "check",
        "stop",
        "lock",
        "care",
        "ask_release",
        "ask_revoke",
        "teams",
        "posts",
        "disconnect",
    )
    about_deliveries = ("delivery", "retry", "give_up", "it_is_there", "not_there")
    about_removals = ("remove_again", "removed_by_hand")
    return {
        **{f"social:{name}": account for name in about_accounts},
        **{f"social:{name}": delivery for name in (*about_deliveries, *about_removals)},
        "social:wording": edition,
        **{f"accounts:{name}": cast.author.pk for name in about_people},
        **{f"accounts:{name}": invitation for name in ("renew", "revoke")},
        "accounts:end_session": 1,
        "mfa_remove_webauthn": 1,
        "mfa_edit_webauthn": 1,
    }
