"""The engine against a model of it: requests, votes by all kinds of actors, passing time, closing, asking again."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from snow_escalations.sandbox.actor import Actor
from snow_escalations.sandbox.hooks import Abort, Refused
from snow_escalations.sandbox.instance import LocalInstance
from snow_escalations.sandbox.options import SandboxOptions

from .conftest import APPROVAL, ESCALATION, LAG, NOW, World, actor, sys_id, world

SOURCES = ("case1", "case2", "acme")
APPROVERS = ("ann", "bob", "carl")
ACTORS = ("ann", "bob", "carl", "dora", "root", "mia", "stranger", "agent")
DELEGATION_ENDS = datetime.fromisoformat("2026-11-19T00:00:00+00:00")


@dataclass
class Model:
    """What an escalation should be."""

    sys_id: str
    number: str
    source: str
    state: str = "100"
    votes: dict[str, str] = field(default_factory=lambda: dict.fromkeys(APPROVERS, "requested"))
    heard: list[tuple[datetime, str]] = field(default_factory=list)
    notes: int = 1


class Engine(RuleBasedStateMachine):
    """Every step is done to the instance and to the model; the invariants compare the two."""

    @initialize(
        approve_when=st.sampled_from(["any", "any", "all"]),
        reject_when=st.sampled_from(["any", "any", "all"]),
        strict=st.booleans(),
    )
    def start(self, approve_when: str, reject_when: str, strict: bool) -> None:
        self.rules = {"approved": approve_when, "rejected": reject_when}
        self.strict = strict
        instance = LocalInstance(
            SandboxOptions(
                now=NOW,
                rows=world(),
                properties={
                    "sandbox.approval.approve_when": approve_when,
                    "sandbox.approval.reject_when": reject_when,
                    "sandbox.approval.second_decision": "aborted" if strict else "accepted",
                    "sandbox.approval.one_open_escalation": "true" if strict else "false",
                    "sandbox.approval.rejection_comment_required": "true" if strict else "false",
                },
            )
        )
        self.world = World(instance)
        self.models: list[Model] = []
        self.links = dict.fromkeys(SOURCES, "")
        self.request("case1")

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.instance.store.close()

    # One rule for all steps: their weights are chosen here, so that most runs come to a decision.
    @rule(
        step=st.sampled_from(["vote"] * 12 + ["request", "request", "end", "cancel"]),
        which=st.sampled_from([0, 0, 0, 1, 2]),
        source=st.sampled_from(SOURCES),
        approver=st.sampled_from(APPROVERS),
        who=st.sampled_from(["own"] * 16 + [*ACTORS]),
        state=st.sampled_from(["rejected", "approved"] * 4 + ["requested"]),
        comment=st.sampled_from(["Because.", "Because.", ""]),
        closing=st.sampled_from(["103", "104"]),
        milliseconds=st.sampled_from([300, 300, 300, 0, 1, 150, 299, 86_400_000]),
    )
    def step(self, step: str, which: int, milliseconds: int, **drawn: str) -> None:
        model = self.models[max(len(self.models) - 1 - which, 0)]
        if step == "request":
            self.request(drawn["source"])
        elif step == "end":
            self.end(model, drawn["closing"])
        elif step == "cancel":
            self.cancel_by_hand(model)
        elif step == "vote":
            who = drawn["approver"] if drawn["who"] == "own" else drawn["who"]
            self.vote(model, drawn["approver"], who, drawn["state"], drawn["comment"])
        self.wait(milliseconds)

    def request(self, source: str) -> None:
        open_already = any(model.source == source and model.state in ("100", "101", "104") for model in self.models)
        before = len(self.world.store.find(ESCALATION))
        try:
            row = self.world.escalate(source, template="account" if source == "acme" else "group")
        except Abort:
            assert self.strict
            assert open_already
            assert len(self.world.store.find(ESCALATION)) == before
            return
        assert not (self.strict and open_already)
        model = Model(row["sys_id"], row["number"], source)
        self.models.append(model)
        self.links[source] = model.sys_id

    def vote(self, model: Model, approver: str, who: str, state: str, comment: str) -> None:
        row = self.world.approval({"sys_id": model.sys_id}, approver)
        entries = len(self.world.store.find("sys_journal_field"))
        jobs = self.world.jobs.pending
        changes = model.votes[approver] != state
        values = {"state": state, "comments": comment} if comment else {"state": state}
        expected = self._refuses(model, approver, who, state, comment) if changes or comment else None
        if expected is not None:
            with pytest.raises(expected):
                self.world.store.update(APPROVAL, row["sys_id"], values, actor(who))
            assert self.world.store.get(APPROVAL, row["sys_id"]) == row
            assert len(self.world.store.find("sys_journal_field")) == entries
            assert self.world.jobs.pending == jobs
            return
        self.world.store.update(APPROVAL, row["sys_id"], values, actor(who))
        if changes and state != "requested" and model.state == "100":
            model.heard.append((self.world.clock.now() + LAG, approver))
        model.votes[approver] = state

    def _refuses(self, model: Model, approver: str, who: str, state: str, comment: str) -> type[Exception] | None:
        delegated = (approver, who) == ("ann", "dora") and self.world.clock.now() <= DELEGATION_ENDS
        if who not in (approver, "root") and not delegated:
            return Refused
        if not self.strict or state == "requested" or model.votes[approver] == state:
            return None
        if model.votes[approver] != "requested" or (state == "rejected" and not comment):
            return Abort
        return None

    def wait(self, milliseconds: int) -> None:
        self.world.clock.advance(timedelta(milliseconds=milliseconds))
        self.world.instance.run_due_jobs()
        now = self.world.clock.now()
        due = [(at, model, approver) for model in self.models for at, approver in model.heard if at <= now]
        for _, model, approver in sorted(due, key=lambda item: item[0]):
            self._count(model, approver)
        for model in self.models:
            model.heard = [(at, approver) for at, approver in model.heard if at > now]

    def _count(self, model: Model, approver: str) -> None:
        vote = model.votes[approver]
        asked = [state for state in model.votes.values() if state not in ("not_required", "cancelled")]
        enough = vote in self.rules and (self.rules[vote] == "any" or set(asked) == {vote})
        if model.state != "100" or not enough:
            return
        model.state = "101" if vote == "approved" else "102"
        model.notes += 1
        model.votes = {name: "not_required" if state == "requested" else state for name, state in model.votes.items()}
        if vote == "rejected":
            self._free(model)

    def end(self, model: Model, state: str) -> None:
        if model.state not in ("101", "104") or model.state == state:
            return
        self.world.store.update(ESCALATION, model.sys_id, {"state": state}, actor("agent"))
        model.state = state
        model.notes += 1
        if state == "103":
            self._free(model)

    def cancel_by_hand(self, model: Model) -> None:
        if model.state != "100":
            return
        self.world.store.update(ESCALATION, model.sys_id, {"state": "103"}, Actor("mia", sys_id("mia"), frozenset()))
        model.state = "103"
        model.notes += 1
        model.votes = {name: "cancelled" if state == "requested" else state for name, state in model.votes.items()}
        self._free(model)

    def _free(self, model: Model) -> None:
        if self.links[model.source] == model.sys_id:
            self.links[model.source] = ""

    @invariant()
    def escalations_are_what_was_voted(self) -> None:
        for model in getattr(self, "models", ()):
            row = self.world.get({"sys_id": model.sys_id})
            assert row["state"] == model.state
            assert row["active"] == ("false" if model.state in ("102", "103") else "true")
            assert bool(row["closed_at"]) == (model.state in ("102", "103"))
            assert self.world.states(row) == model.votes

    @invariant()
    def records_are_linked_to_what_is_open(self) -> None:
        for source, link in getattr(self, "links", {}).items():
            assert self.world.source(source)["active_escalation"] == link

    @invariant()
    def each_step_is_noted_once(self) -> None:
        for model in getattr(self, "models", ()):
            if model.source != "acme":
                notes = [text for text in self.world.case_notes(model.source) if model.number in text]
                assert len(notes) == model.notes


TestEngine = Engine.TestCase
TestEngine.settings = settings(max_examples=30, stateful_step_count=20)
