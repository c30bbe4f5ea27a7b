"""The tables of words: every topic can be told to its end, every scene names what exists."""

from collections import Counter
from itertools import pairwise

import pytest

from snow_escalations.sandbox.desk.plan import scene_events
from snow_escalations.sandbox.desk.shapes import BEATS, SHAPES
from snow_escalations.sandbox.desk.texts import SCENES, TOPICS
from snow_escalations.sandbox.desk.texts.accounts import ACCOUNTS
from snow_escalations.sandbox.desk.texts.facts import CODES, RELEASES
from snow_escalations.sandbox.desk.texts.names import NAMES
from snow_escalations.sandbox.desk.texts.setup import SEVERITIES, TEMPLATES
from snow_escalations.sandbox.desk.texts.staff import ACCOUNTS as SERVICE_ACCOUNTS
from snow_escalations.sandbox.desk.texts.staff import COLUMNS, GROUPS, STAFF
from snow_escalations.sandbox.desk.texts.voices import VOICES
from snow_escalations.sandbox.desk.topic import Reply

from .conftest import ANSWERING

STAFF_NAMES = {line.split("|")[0] for line in STAFF.strip().splitlines()}
LOGINS = STAFF_NAMES | {account[0] for account in SERVICE_ACCOUNTS}
REQUESTS = [request for scene in SCENES for request in scene.requests]


def test_every_language_of_a_topic_has_a_voice_and_customers():
    assert {topic.language for topic in TOPICS.values()} <= set(VOICES)
    assert {topic.language for topic in TOPICS.values()} <= {account.language for account in ACCOUNTS}


def test_every_language_of_an_account_has_names():
    assert {account.language for account in ACCOUNTS} <= set(NAMES)


def test_every_language_has_a_name_for_everyone_whatever_their_gender():
    """An account has four contacts at most, and no two people have one name."""
    for language, accounts in Counter(account.language for account in ACCOUNTS).items():
        women, men, families = NAMES[language]
        assert min(len(women), len(men)) * len(families) > 4 * accounts, language


def test_every_product_has_releases_codes_and_a_group():
    products = {topic.product for topic in TOPICS.values()}
    assert products == set(RELEASES) == set(CODES)
    assert {f"{product} Support" for product in products} <= set(GROUPS)


@pytest.mark.parametrize("topic", TOPICS.values(), ids=lambda topic: topic.key)
def test_every_topic_has_two_exchanges_and_two_stages(topic):
    assert len(topic.exchanges) >= 2
    assert len(topic.notes) >= 2
    assert len(topic.updates) >= 2
    assert len(topic.subjects) >= 2
    assert len(topic.openings) >= 2


def test_every_account_has_an_address_of_its_own():
    assert len({account.slug for account in ACCOUNTS}) == len({account.name for account in ACCOUNTS}) == 40


def test_shapes_consist_of_beats_and_answers_follow_questions():
    for shapes in SHAPES.values():
        for shape in shapes:
            beats = shape.split()
            assert set(beats) <= set(BEATS)
            asked = 0
            for beat in beats:
                asked += beat in ("take", "ask")
                asked -= beat == "give"
                assert asked >= 0, shape


def test_acknowledgements_follow_what_they_acknowledge():
    """`take` thanks for the description, `cancel` for the withdrawal, and a reminder names what was asked for."""
    for shape in (shape for shapes in SHAPES.values() for shape in shapes):
        seen = ["opened", *(beat for beat in shape.split() if beat != "note")]
        for before, beat in pairwise(seen):
            assert beat != "take" or before == "opened", shape
            assert beat != "cancel" or before == "withdraw", shape
            assert beat != "reminder" or before in ("take", "ask"), shape


@pytest.mark.parametrize("topic", TOPICS.values(), ids=lambda topic: topic.key)
def test_what_replies_can_also_be_said_without_a_reply(topic):
    """And what always stands begins with no thanks: it may follow words of our own."""
    always = [topic.fix]
    for words in (*(exchange.ask for exchange in topic.exchanges), *topic.updates):
        if isinstance(words, Reply):
            assert words.opening.endswith((" ", "。"))
            assert words.otherwise == "" or words.otherwise.endswith((" ", "。"))
            always.append(words.otherwise + words.text)
        else:
            always.append(words)
    assert [text for text in always if ANSWERING.match(text.lstrip("{"))] == []
    assert isinstance(topic.exchanges[0].ask, str)
    assert isinstance(topic.updates[0], str)


def test_nobody_asks_more_than_the_topic_has_questions():
    shapes = [shape.split() for shapes in SHAPES.values() for shape in shapes]
    fewest = min(len(topic.exchanges) for topic in TOPICS.values())
    assert all(beats.count("take") + beats.count("ask") <= fewest for beats in shapes)
    for scene in SCENES:
        kinds = [event.kind for event in scene_events(scene)]
        assert kinds.count("take") + kinds.count("ask") <= len(TOPICS[scene.topic].exchanges)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.requests[0].name)
def test_every_scene_can_be_told(scene):
    assert scene.topic in TOPICS
    events = scene_events(scene)
    assert events[0].kind == "opened"
    assert {event.kind for event in events} <= {*BEATS, "opened", "said", "asked", "decided", "ended"}
    assert [event.age for event in events] == sorted((event.age for event in events), reverse=True)


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: request.name)
def test_every_request_names_what_exists_and_happens_in_order(request_):
    assert request_.template in {template[0] for template in TEMPLATES}
    assert request_.severity in {"", *(severity[0] for severity in SEVERITIES)}
    assert {request_.requester} <= {"", *STAFF_NAMES}
    for vote in request_.votes:
        assert {vote.approver} <= {"", *STAFF_NAMES}
        assert {vote.actor} <= {"", *LOGINS}
    assert bool(request_.decided) == (request_.state != "100")
    assert bool(request_.closed) == (request_.state in ("103", "104"))


def test_every_request_has_a_name_of_its_own():
    assert len({request.name for request in REQUESTS}) == len(REQUESTS) == 60


def test_every_employee_is_written_in_full():
    for line in STAFF.strip().splitlines():
        assert len(line.split("|")) == len(COLUMNS)
