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
        ("Our Assistant Chief Constable follows this personally", "chief constable"),
        ('DB log says "2026-11-18 07:52:13 FATAL: no relation". Our CTO is asking what happened', "CTO"),
        ("I've got our EVP Strategy in my left ear about the pipeline", "EVP"),
    ],
)
def test_a_person_of_rank_is_found_by_any_spelling(text: str, title: str) -> None:
    assert titles(text) == [title]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The chairman now jokes that our ticket should get its own parking space.", "chairman"),
        ("The Chairman's memo cannot be approved because the signature service is down", "chairman"),
        ("Our Chair was handed the wrong badge.", "chairman"),
        ("The president of the cooperative doesn't accept that any more.", "president"),
        ("President Kim of our company opens the plant on Tuesday.", "president"),
        ("The company president phoned me twice.", "president"),
        ("Dear Sirs, Normand Gauthier, President, Coop des Laurentides. Send somebody.", "president"),
        ("On the 26th the Minister launches the online licence", "minister"),
        ("Our Geschäftsführer does not understand the status.", "MD"),
        ("We had to inform the Verwaltungsrat about it.", "board"),
        ("The Vorstand has been told on my word.", "board"),
        ("Our PDG has read the mails.", "CEO"),
        ("My veep is of another opinion.", "VP"),
        ("ExCo will review this vendor on 6 March.", "management"),
        ("Our CMIO was told root cause by Wednesday.", "CMIO"),
        ("Our chief pharmacy officer has asked for ten days running.", "CXO"),
        ("Our chief medical information officer offered three slots.", "CMIO"),
        ("The Chief Actuary cannot run the calculation.", "CXO"),
        ("Airline leadership has set a date for the decision.", "management"),
        ("Our leadership cannot understand why no node takes the lead role.", "management"),
        ("Senior management follows the pilot closely.", "management"),
    ],
)
def test_titles_of_many_houses_are_known(text: str, title: str) -> None:
    assert titles(text) == [title]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The board heard about the failure from the newspapers.", "board"),
        ("The portal will be shown to the board on 14 September.", "board"),
        ("We had to tell our board that the portal does not respond.", "board"),
        ("The board of directors approved the extra nodes.", "board"),
        ("Members of the board asked if the gift cards are safe.", "board"),
        ("Board papers close tonight.", "board"),
        ("CEO and board are informed.", "board"),
        ("Risk committee of the board, item 4", "board"),
    ],
)
def test_a_board_of_persons_is_told_something_or_decides(text: str, title: str) -> None:
    assert title in titles(text)


@pytest.mark.parametrize(
    "text",
    [
        "We would have more luck with a Ouija board than with you.",
        "The change board meets on Wednesday",
        "The board has two LEDs and both are red.",
        "Of the seven measures written on the board that day none has begun.",
        "The old board was sent back under RMA",
        "Board 4 reports a wrong temperature.",
        "The sensor board shows a red light",
        "All boards are read only.",
        "Controller and board were replaced, the fault stays.",
    ],
)
def test_a_board_of_things_is_nobody(text: str) -> None:
    assert titles(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Our head of HR has the problem, all other users are fine.",
        "Without the approval by our director of quality no batch may leave.",
        "The head of logistics is on the apron with a laptop.",
        "Head of IT confirms the window.",
        "As per the instruction of Head of IT kindly submit your quotation.",
        "Nandi, who is Head of Infrastructure here, needs your go.",
        "Our head of branch network asked me to say that.",
        "Our director cannot approve leave since the update of the workflow.",
        "CTO approval is also needed, then we send the dump.",
        "EVP Purchasing can't sign contracts since the signature service doesn't respond.",
        "SVP Field Operations Dale Whitcomb expects a root cause.",
        "Our CTO reports to the regulator on the 15th.",
        "The CEO's dashboard is empty, he needs it for a visit.",
        "CIO and CFO both got your summary, in which the column is empty.",
        "One week ago I told our CIO 'they are on it'.",
        "Our director of IT left two voicemails with your support line.",
        "The COO was promised a call from your side.",
        "The CEO called the president of your company.",
        "Be advised that Executive Vice President Carla Moretti will phone your hotline.",
        "Our VP-IT Mr. Anand has been apprised.",
        "For your information: COO and works council agreed.",
        "Our owner wants to switch to another product.",
        "Our CISO views this as an open hole.",
        "The COO views the delay with concern.",
        "The owner of our company stands next to me.",
    ],
)
def test_a_person_of_rank_counts_whatever_technical_words_stand_around(text: str) -> None:
    assert len(titles(text)) >= 1


@pytest.mark.parametrize(
    "text",
    [
        "The owner of the case was named to us on Monday",
        "We changed the database owner and now the grants are gone.",
        "I ask for an owner, you ask for my availability.",
        "Set the owner to the group, please.",
        "The director's cut of the training video will not play",
        "CIO Insights add-on is unusable.",
        "Please involve the CTO line of products team.",
        "CFO is in our configuration the abbreviation for 'central file output'.",
        "The Certificate of Origin screen (COO for short) drops a line.",
        "The verifiable presentation (VP) token is refused.",
        "Dr Farrukh Shah, MD, from our stroke unit cannot see scans",
        "Our MD feed is late each morning",
        "The task is assigned to the CFO although the limit is 500.",
        "The path is Active Directory > Executives",
        "It is the virtual path, not a vice president",
        "Requests pile up at the head of the queue.",
        "The chair of the dentist is moved by your software.",
        "CIO views are wrong since the upgrade.",
        "The CTO views the wizard created are blank.",
        "Merci de me rappeler svp au 01 44 55 66 77.",
        "s'il vous plait, svp",
    ],
)
def test_what_only_has_the_letters_of_a_title_is_nobody(text: str) -> None:
    assert titles(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Our VP of customer success asked me to flag this one.",
        "Our CSM director promised a dedicated engineer.",
        "VP of our services org will be sponsor on vendor side.",
        "Our COO has a call with this customer at 14:00",
    ],
)
def test_who_speaks_of_customers_is_ours(text: str) -> None:
    assert titles(text) == []


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
        'The approval step "Finance VP" is skipped',
        "The Information Commissioner's Office has opened an enquiry",
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
        "The VP of your support organisation sent us a survey",
        "The head of your support called me",
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
        ("Attached.\n\nWith best regards\nDr. J. Pichler\nDirector Process Automation, Linz", "writer"),
        ("As requested.\nRegards\nDirector node team", None),
        ("Our chairman has retired", "named"),
        ("COO here.", "writer"),
        ("I am IT Director at a college.", "writer"),
        ("As Finance Director I have to sign the accounts.", "writer"),
        ("As Technical Director of the opera I need the lights.", "writer"),
        ("It is down.\n\nMany thanks,\nBill Smith\nFinance Director", "writer"),
        ("It is down.\nKind regards\nSarah Owen, Technical Director", "writer"),
        ("As Finance Director is a value of the list, it is refused.", None),
        ("I am the CEO of this company", "writer"),
        ("Our former CIO set it up", "named"),
    ],
)
def test_the_role_is_told(text: str, role: str | None) -> None:
    assert [executive.role for executive in executives_in(text)] == ([] if role is None else [role])


def test_the_name_in_a_signature_is_no_rank() -> None:
    assert executives_in("Please help.\nRegards, Tom Director\nIT Service Desk") == ()


def test_a_team_adds_titles_and_spellings() -> None:
    grammar = load_grammar(ReadingSettings(extra_titles={"CIO": ("informatikleiter",), "abbot": ("abbot",)}))
    found = executives_in("The abbot and our Informatikleiter are asking", grammar=grammar)
    assert [executive.title for executive in found] == ["abbot", "CIO"]
