"""One request from arrival to delivery: edge, faults, login, admission, resource, and the faults that spoil answers."""

import gzip
import logging
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from snow_escalations.sandbox.faults.fault import AFTER_HANDLING, BEFORE_HANDLING, Fault, Kind
from snow_escalations.sandbox.http import oauth, pages, spoil
from snow_escalations.sandbox.http.admission import Admission, TurnedAway, pause
from snow_escalations.sandbox.http.answer import Answer, Media
from snow_escalations.sandbox.http.authentication import Authentication, Login
from snow_escalations.sandbox.http.batch import Batches
from snow_escalations.sandbox.http.bodies import check_length
from snow_escalations.sandbox.http.call import Call
from snow_escalations.sandbox.http.delivery import Delivery, End
from snow_escalations.sandbox.http.envelope import enveloped
from snow_escalations.sandbox.http.formats import accepted, to_json, to_xml
from snow_escalations.sandbox.http.profiles import PROFILES, Exchange, Profile
from snow_escalations.sandbox.http.ratelimits import RateLimits
from snow_escalations.sandbox.http.refusals import (
    NotAuthenticated,
    Refusal,
    endpoint_refused,
    failed,
    method_not_allowed,
    rate_limited,
    unscoped_refused,
)
from snow_escalations.sandbox.http.router import Resources, Route, route
from snow_escalations.sandbox.http.second_writer import SecondWriter
from snow_escalations.sandbox.http.services import Services
from snow_escalations.sandbox.identity.directory import Caller
from snow_escalations.sandbox.identity.sessions import COOKIE, Sessions
from snow_escalations.sandbox.identity.tokens import Tokens
from snow_escalations.sandbox.instance import LocalInstance
from snow_escalations.sandbox.request_log import RequestRecord

_LOG = logging.getLogger(__name__)
# What the database and computing with what a caller sends can raise; what was written is rolled back by then.
_FAILURES = (sqlite3.Error, ArithmeticError, ValueError, RecursionError)


@dataclass(slots=True)
class _Visit:
    """What is known of a request on its way."""

    call: Call
    asked: Route | None
    login: Login
    faults: tuple[Fault, ...]
    session_id: str = ""
    new_session: bool = True

    def struck_by(self, kinds: Iterable[Kind]) -> list[Fault]:
        return [fault for fault in self.faults if fault.kind in kinds]


class Pipeline:
    """Serves the requests of one instance, on one event loop."""

    def __init__(self, instance: LocalInstance, services: Services) -> None:
        self._instance = instance
        self._services = services
        self._properties = instance.properties
        self._tokens = Tokens(instance.properties, instance.clock, instance.identifiers)
        self._sessions = Sessions(instance.properties, instance.clock, instance.identifiers)
        self._authentication = Authentication(services.directory, self._tokens)
        self._admission = Admission(instance.properties)
        self._rates = RateLimits(instance.store, instance.properties, instance.clock)
        self._resources = Resources(services)
        self._batches = Batches(instance.properties)
        self._oauth = oauth.TokenEndpoint(services.directory, self._tokens, instance.properties)
        self._second_writer = SecondWriter(instance.store)

    async def serve(self, arrived: Call, *, request_line: int) -> Delivery:
        """The delivery for a request.

        Args:
            arrived: the request.
            request_line: the length of its request line in bytes.
        """
        call = arrived.with_override()
        asked = route(call.path)
        login = self._authentication.of(call)
        table = "" if asked is None else asked.table
        faults = self._instance.faults.strike(call.method, call.path, table, login.user_name)
        visit = _Visit(call, asked, login, faults)
        if request_line > self._properties.integer("sandbox.http.request_line_limit"):
            page = Answer(414, rest=False, raw=pages.URI_TOO_LONG, media="html", edge=True)
            delivery = self._deliver(visit, page)
        else:
            delivery = await self._delivery(visit)
        self._instance.requests.append(
            RequestRecord(
                method=call.method,
                path=call.path,
                query=call.parameters,
                user=login.user_name,
                status=delivery.status,
                table=table,
                fault="+".join(fault.kind.value for fault in faults),
            )
        )
        return delivery

    async def _delivery(self, visit: _Visit) -> Delivery:
        replaced = visit.struck_by(BEFORE_HANDLING)
        if replaced:
            await pause(self._latency(visit))
            if replaced[0].kind is Kind.RESET_BEFORE_COMMIT:
                return Delivery(0, end=End.RESET)
            return self._deliver(visit, self._said(visit, spoil.in_place(replaced[0], self._services.clock.now())))
        if visit.struck_by({Kind.TOKEN_EXPIRED}) and visit.login.bearer:
            self._tokens.expire(visit.login.bearer)
            visit.login = Login(None)
        answer = await self._answer(visit)
        for fault in visit.struck_by(AFTER_HANDLING):
            answer = self._said(visit, spoil.spoiled_value(fault, answer))
        delivery = self._deliver(visit, answer)
        return spoil.spoiled_delivery(visit.struck_by(AFTER_HANDLING), delivery, answer)

    async def _answer(self, visit: _Visit) -> Answer:
        call = visit.call
        if call.path == oauth.PATH:
            await pause(self._latency(visit))
            if call.method != "POST":
                return self._said(visit, method_not_allowed())
            return self._oauth.answer(call)
        if visit.login.caller is None:
            await pause(self._latency(visit))
            return self._said(visit, NotAuthenticated())
        session, visit.new_session = self._sessions.of(_cookie(call), visit.login.user_name)
        visit.session_id = session.session_id
        try:
            async with self._admission.admitted(session):
                await pause(self._latency(visit))
                return self._handled(visit, visit.login.caller)
        except TurnedAway as away:
            return away.answer

    def _handled(self, visit: _Visit, caller: Caller) -> Answer:
        """The answer of the resource, or of what stands before it."""
        self._instance.run_due_jobs()
        writers = visit.struck_by({Kind.SECOND_WRITER})
        self._second_writer.before(writers, visit.call, visit.asked)
        verdict = None
        try:
            if visit.asked is not None:
                verdict = self._rates.check(visit.asked.api, visit.call.method, caller.actor)
                if verdict is not None and verdict.refused:
                    raise rate_limited(verdict.rule.limit, visit.asked.api)
            self._check_endpoint(visit, caller)
            answer = self._resource(visit, caller)
        except Refusal as refusal:
            answer = self._said(visit, refusal)
        if verdict is not None:
            answer.headers = [*answer.headers, *verdict.headers]
        self._second_writer.after(writers, visit.call, visit.asked, answer)
        return answer

    def _check_endpoint(self, visit: _Visit, caller: Caller) -> None:
        role = self._properties.get("sandbox.api_acl.role")
        if role and role not in caller.actor.roles and not caller.actor.is_admin:
            raise endpoint_refused()
        if visit.login.bearer and self._properties.boolean("sandbox.oauth.scoped_client"):
            raise unscoped_refused()
        check_length(visit.call, self._properties)
        accepted(visit.call.header("accept"))

    def _resource(self, visit: _Visit, caller: Caller) -> Answer:
        if visit.asked is not None and visit.asked.api == "Batch API":
            if visit.call.method != "POST":
                raise method_not_allowed()
            return self._batches.answer(visit.call, lambda call, refused: self._item(call, caller, refused))
        return self._row_or_table(visit.call, caller)

    def _row_or_table(self, call: Call, caller: Caller) -> Answer:
        try:
            return self._resources.answer(call, caller)
        except _FAILURES as error:
            _LOG.exception("%s %s failed", call.method, call.path)
            raise failed("null") from error

    def _item(self, call: Call, caller: Caller, refused: Refusal | None) -> tuple[Answer, bytes]:
        """An item of a batch, answered, or refused before it is looked at, and encoded."""
        try:
            if refused is not None:
                raise refused
            check_length(call, self._properties)
            accepted(call.header("accept"))
            answer = self._row_or_table(call, caller)
        except Refusal as refusal:
            answer = enveloped(refusal, self._profile, self._properties, logged_in=True)
        return answer, self._encoded(call, answer)

    def _said(self, visit: _Visit, said: Answer | Refusal) -> Answer:
        if isinstance(said, Answer):
            return said
        return enveloped(said, self._profile, self._properties, logged_in=visit.login.caller is not None)

    def _deliver(self, visit: _Visit, answer: Answer) -> Delivery:
        body = self._encoded(visit.call, answer)
        exchange = Exchange(
            now=self._instance.clock.now(),
            transaction_id=self._instance.identifiers.transaction(),
            session_id=visit.session_id or self._instance.identifiers.session(),
            new_session=visit.new_session,
            lifetime=self._properties.integer("sandbox.session.lifetime"),
            secure=self._properties.boolean("sandbox.session.secure_cookies"),
            close=visit.call.header("connection").lower() == "close",
        )
        profile = self._profile
        headers = (profile.edge_headers if answer.edge else profile.headers)(answer, exchange)
        if body and not answer.edge and self._compresses(visit):
            body = gzip.compress(body, compresslevel=1, mtime=0)
            headers.append(("Content-Encoding", "gzip"))
        return Delivery(answer.status, headers, [body] if body else [])

    def _compresses(self, visit: _Visit) -> bool:
        """Whether the body is compressed; one that a fault spoils stays as it is, to be spoiled between rows."""
        wanted = self._properties.boolean("sandbox.http.gzip") and "gzip" in visit.call.header("accept-encoding")
        return wanted and not visit.struck_by(AFTER_HANDLING)

    def _encoded(self, call: Call, answer: Answer) -> bytes:
        if answer.raw is not None:
            return answer.raw
        if answer.value is None:
            answer.media = "none"
            return b""
        answer.media = _media(call)
        value = answer.value
        if call.header("x-wantsessiondebugmessages").lower() == "true" and answer.rest:
            value = {**value, "session": {"debug_logs": [_debug_log(call)]}}
        return to_xml(value) if answer.media == "xml" else to_json(value)

    def _latency(self, visit: _Visit) -> int:
        slowed = sum(fault.milliseconds for fault in visit.struck_by({Kind.LATENCY}))
        return self._properties.integer("sandbox.latency_ms") + slowed

    @property
    def _profile(self) -> Profile:
        return PROFILES[self._properties.get("sandbox.release")]


def _media(call: Call) -> Media:
    try:
        return accepted(call.header("accept"))
    except Refusal:
        return "json"


def _cookie(call: Call) -> str:
    for part in call.header("cookie").split(";"):
        name, _, value = part.strip().partition("=")
        if name == COOKIE:
            return value
    return ""


def _debug_log(call: Call) -> dict[str, object]:
    line = f"00:00:00.000: Time: 0:00:00.000 for: sandbox[glide.0] {call.method} {call.path}"
    return {"type": "sql", "customerUpdate": False, "line": line, "debugClassSet": ""}
