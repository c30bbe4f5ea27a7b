"""People of rank are told from products, from records, and from our own staff."""

import pytest

from snow_escalations.triage.reading.grammar import ReadingSettings, load_grammar
from snow_escalations.triage.reading.people import attending, executives_in


def titles(text: str) -> list[str]:
    return [executive.title for executive in attending(executives_in(text))]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Our C.E.O. is asking.", "CEO"),
        ("our ceo is furious", "CEO"),
        ("The Chief Executive Officer wants an answer", "CEO"),
        ("the chief\ninformation officer is watching", "CIO"),
        ("The CIO&#39;s office is chasing me", "CIO"),
        ("the CIO’s office is chasing me", "CIO"),
        ("<p>Our CISO</p><p>has asked</p>", "CISO"),
        ("Our Vice-President, Operations wants a call", "VP"),
        ("Vice Pres. of Logistics is informed", "VP"),
        ("Senior Vice President of Sales demands an RCA", "SVP"),
        ("escalated to the board of directors", "board"),
        ("Our board is asking questions", "board"),
        ("Head of Digital is joining and wants answers", "head"),
        ("The director of IT wants daily reports", "director"),
        ("Our managing director is following up", "MD"),
        ("The deputy minister is being briefed daily", "minister"),
        ("- CFO wants to know", "CFO"),
        ("C-levels are getting nervous down here", "management"),
        ("Our VP Product has asked for a date", "VP"),
        ("Present on the bridge: the head of nursing", "head"),
        ("Our company president, Mr. Fukuda, could not open his approval list", "president"),
        ("I've got our EVP Strategy in my left ear about the pipeline", "EVP"),
    ],
)
def test_a_person_of_rank_is_found_by_any_spelling(text: str, title: str) -> None:
    assert titles(text) == [title]


@pytest.mark.parametrize(
    "text",
    [
        "Microsoft Exchange President plan",
        "The CEO dashboard is slow",
        "com.acme.cio.Service throws at start",
        "Configured the CFO role in the system",
        "the board in slot 3 has new firmware",
        "The Jira board does not load, nor the kanban board",
        "moved to the head of the queue",
        "VP9 codec is missing",
        "Active Directory sync fails on the director node",
        "We use Citrix Director to monitor sessions",
        "ceo@acme.com cannot be added",
        "My name is Dean Miller",
        "We tried srv-vp-01 and group CxO-All",
        "COO (Cell of Origin) lookups are fine",
        "GET /v2/board/members?role=CEO returns []",
        "Your field 'CEO since' accepts 2099",
        "Active Directory login fails when the Director service is running",
    ],
)
def test_products_namespaces_and_boards_of_wood_are_nobody(text: str) -> None:
    assert titles(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "your VP promised it",
        "Your support director called",
        "your CTO promised a fix",
        "the VP of Support at your company",
        "Your account manager and her director were here",
        "I heard that your new chief executive and the SVP Engineering want feedback",
    ],
)
def test_our_own_staff_is_not_the_customers(text: str) -> None:
    assert titles(text) == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Our CIO wants a date", "asks"),
        ("cc: Marek Novak (CTO)", "watches"),
        ("If this is not fixed by Monday we will escalate to our CIO.", "announced"),
        ("Please help.\nRegards,\nJohn Carter\nVP Sales, Northwind", "writer"),
        ("Please help.\n\nKind regards,\nPriya Nair\nHead of Service Delivery", "writer"),
        ("COO here.", "writer"),
        ("I am the CEO of this company", "writer"),
        ("Our former CIO set it up", "named"),
    ],
)
def test_the_role_is_told(text: str, role: str) -> None:
    assert [executive.role for executive in executives_in(text)] == [role]


def test_the_name_in_a_signature_is_no_rank() -> None:
    assert executives_in("Please help.\nRegards, Tom Director\nIT Service Desk") == ()


def test_a_team_adds_titles_and_spellings() -> None:
    grammar = load_grammar(ReadingSettings(extra_titles={"CIO": ("informatikleiter",), "abbot": ("abbot",)}))
    found = executives_in("The abbot and our Informatikleiter are asking", grammar=grammar)
    assert [executive.title for executive in found] == ["abbot", "CIO"]
