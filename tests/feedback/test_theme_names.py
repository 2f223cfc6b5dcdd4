"""What the council calls a theme: kept when it is learned anew, taken back by emptying it, on the trail."""

import pytest

from audit.models import Event
from feedback import reading, theme_names
from feedback.digesting import themes
from feedback.digesting.scope import Scope, monday, period
from feedback.models import Theme, Voice
from feedback.moderation import Refused, hide
from feedback.working_days import today
from tests import factories
from tests.feedback.conftest import shown, told

pytestmark = pytest.mark.django_db
BUS = "Keep the evening bus, shift workers need it to get home"


@pytest.fixture
def theme(cast, notice) -> Theme:
    """A theme that was learned, from six comments."""
    for number in range(6):
        shown(told(notice, f"{BUS} {number}."), cast.moderator)
    reading.read_new()
    reading.learn_themes()
    return Theme.objects.get()


def line(**scope):
    looked_at = Scope(week=monday(today()), **scope)
    return themes.themes(looked_at, period(looked_at, today()))


def test_name_is_kept_when_the_theme_is_learned_anew(cast, theme):
    theme_names.rename(theme, "  Buses at  night ", by=cast.lead)
    reading.learn_themes()
    assert str(Theme.objects.get()) == "Buses at night"


def test_emptied_name_gives_the_found_words_back(cast, theme):
    found = str(theme)
    for name in ("Buses", ""):
        theme_names.rename(theme, name, by=cast.lead)
    assert str(Theme.objects.get()) == found
    told_of = Event.objects.filter(action="theme.renamed").order_by("pk")
    assert [event.detail["after"] for event in told_of] == ["Buses", found]


@pytest.mark.parametrize("who", ["author", "moderator", "councillor", "administrator"])
def test_only_communications_name_a_theme(cast, theme, who):
    with pytest.raises(Refused):
        theme_names.rename(theme, "Mine", by=getattr(cast, who))


def test_form_names_it_and_the_page_says_so(cast, theme, as_):
    client = as_(cast.lead)
    assert client.post(f"/staff/summary/themes/{theme.pk}/", {"name": "x" * 81}).status_code == 400
    page = client.post(f"/staff/summary/themes/{theme.pk}/", {"name": "Buses"}, follow=True).content.decode()
    assert ">Buses</a>" in page


def test_quotation_stands_while_its_words_are_shown(cast, theme):
    assert line()[0].quote == Voice.objects.get(pk=theme.quoted_id).public_text
    voice = theme.quoted
    hide(voice, by=cast.moderator, seen_version=voice.version, reason="abusive")
    assert [each.quote for each in line()] == [""]


def test_one_comment_is_no_theme_of_a_ward(cast, theme):
    ward = factories.ward("Quayside")
    for number, expected in ((1, 0), (2, 1)):
        keys = Voice.objects.order_by("pk").values_list("pk", flat=True)[:number]
        Voice.objects.filter(pk__in=list(keys)).update(ward=ward)
        assert len(line(ward_ids=frozenset({ward.pk}))) == expected
