"""What a moderator sees of a doubt: the reason beside the words, and the words after all others."""

from feedback.enums import Suspicion
from tests.feedback.conftest import told

ADVERT = "Buy cheap viagra online without prescription, discreet shipping https://meds-24.example"


def test_received_advertising_is_marked_and_stands_last(cast, notice, as_):
    first, second = told(notice, ADVERT), told(notice, "The gully at the corner is blocked again.")

    page = as_(cast.moderator).get("/staff/inbox/").content.decode()

    assert (first.suspicion, second.suspicion) == (Suspicion.ADVERTISING, "")
    assert page.index(second.reference) < page.index(first.reference)
    assert page.count("It looks like advertising") >= 1


def test_doubted_words_have_their_own_list(cast, notice, as_):
    first, second = told(notice, ADVERT), told(notice, "The gully at the corner is blocked again.")

    page = as_(cast.moderator).get("/staff/inbox/?state=suspected").content.decode()

    assert first.reference in page
    assert second.reference not in page
