"""Tokens, API keys, and who gets in."""

import base64
from datetime import timedelta

import pytest

from tests.sandbox.worlds import small_world

CLIENT = {"client_id": "sandbox-client", "client_secret": "sandbox-secret"}


@pytest.fixture
def fresh(launch):
    return launch(rows=small_world())


def bearer(client, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    return client.get("/api/now/table/incident", auth=None, headers=headers).status_code


def test_a_refresh_token_stays_the_same(fresh) -> None:
    first = fresh.token()
    fresh.sandbox.clock.advance(timedelta(hours=1))
    assert bearer(fresh, first["access_token"]) == 401
    renewed = fresh.token(grant_type="refresh_token", refresh_token=first["refresh_token"])
    assert renewed["refresh_token"] == first["refresh_token"]
    assert renewed["access_token"] != first["access_token"]
    assert bearer(fresh, renewed["access_token"]) == 200


def test_dead_refresh_tokens(fresh) -> None:
    first = fresh.token()
    fresh.sandbox.clock.advance(timedelta(days=101))
    dead = fresh.token(grant_type="refresh_token", refresh_token=first["refresh_token"])
    assert dead == {"error_description": "access_denied", "error": "server_error"}
    assert fresh.token(grant_type="refresh_token", refresh_token="none") == dead
    assert fresh.token()["refresh_token"] != first["refresh_token"]


def test_client_credentials_act_for_the_user_of_the_client(fresh) -> None:
    token = fresh.token(grant_type="client_credentials")
    assert "refresh_token" not in token
    assert bearer(fresh, token["access_token"]) == 200
    assert fresh.sandbox.requests[-1].user == "snow.escalations"
    with fresh.having({"glide.oauth.inbound.client.credential.grant_type.enabled": "false"}):
        assert fresh.token(grant_type="client_credentials")["error"] == "server_error"


def test_client_credentials_of_a_user_who_left(launch) -> None:
    user = {"user_name": "snow.escalations", "active": "false"}
    client = launch(rows={"sys_user": [user]})
    assert client.token(grant_type="client_credentials")["error"] == "server_error"
    assert client.token()["error"] == "server_error"


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"client_secret": "wrong"}, "invalid_client"),
        ({"password": "wrong"}, "invalid_grant"),
        ({"username": "nobody"}, "invalid_grant"),
        ({"grant_type": "refresh_token"}, "invalid_grant"),
        ({"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer"}, "unsupported_grant_type"),
        ({"grant_type": "authorization_code"}, "unsupported_grant_type"),
    ],
)
def test_failures_are_one_unless_the_instance_says_more(fresh, form: dict[str, str], error: str) -> None:
    assert fresh.token(**form) == {"error_description": "access_denied", "error": "server_error"}
    with fresh.having({"sandbox.oauth.specific_errors": "true"}):
        assert fresh.token(**form)["error"] == error


def test_the_form_must_be_a_form_and_the_client_may_come_as_basic(fresh) -> None:
    form = {"grant_type": "password", "username": "admin", "password": "admin"}
    as_json = fresh.send("POST", "/oauth_token.do", json={**form, **CLIENT}, auth=None)
    assert as_json.status_code == 401
    by_header = fresh.send("POST", "/oauth_token.do", data=form, auth=tuple(CLIENT.values()))
    assert by_header.status_code == 200
    broken = fresh.send("POST", "/oauth_token.do", data=form, auth=None, headers={"Authorization": "Basic ???"})
    assert broken.status_code == 401
    assert "X-Is-Logged-In" not in broken.headers
    assert "WWW-Authenticate" not in broken.headers


def test_lifetimes_are_properties(fresh) -> None:
    with fresh.having({"sandbox.oauth.access_lifetime": "60"}):
        assert fresh.token()["expires_in"] == 59


def test_api_keys(fresh) -> None:
    for key, status in (("sandbox-api-key", 200), ("another", 401)):
        answer = fresh.get("/api/now/table/incident", auth=None, headers={"x-sn-apikey": key})
        assert answer.status_code == status
    basic = base64.b64encode(b"admin:wrong").decode()
    headers = {"x-sn-apikey": "sandbox-api-key", "Authorization": f"Basic {basic}"}
    assert fresh.get("/api/now/table/incident", auth=None, headers=headers).status_code == 401


@pytest.mark.parametrize(
    "authorization", ["Basic", "Basic !!!", "Basic " + base64.b64encode(b"\xff\xfe").decode(), "Digest x", "Bearer", ""]
)
def test_headers_that_log_nobody_in(fresh, authorization: str) -> None:
    answer = fresh.get("/api/now/table/incident", auth=None, headers={"Authorization": authorization})
    assert answer.status_code == 401


def test_the_endpoint_may_demand_a_role(fresh) -> None:
    with fresh.having({"sandbox.api_acl.role": "snc_internal"}):
        refused = fresh.get("/api/now/table/incident", auth=("case.agent", "sandbox"))
        assert fresh.get("/api/now/table/incident").status_code == 200
    assert refused.status_code == 403
    assert refused.json()["error"] == {"message": "User Not Authorized", "detail": "Failed API level ACL Validation"}
