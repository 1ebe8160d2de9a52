"""Signing in at a provider of identities: a real one that others wrote, in a real browser; and one that lies."""

import base64
import concurrent.futures
import contextlib
import hashlib
import http.client
import http.server
import json
import os
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from types import SimpleNamespace

import pytest
from conftest import EVENT, Client, Hub, free_port, wait_until
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from screens import violations

ANNE, PAUL, ODILE = "anne.hamel@manche.example", "paul.renet@manche.example", "odile@manche.example"


class SignInHub(Hub):
    """A hub whose staff signs in at a provider."""

    def __init__(self, folder, issuer, client="qarelay", secret="hush", **more):
        settings = {"issuer": issuer, "client_id": client, "secret_file": str(folder.parent / "secret"), **more, "people": [
            {"value": ANNE, "role": "moderator", "venue": "cherbourg", "name": "Anne"}, {"value": PAUL, "role": "speaker", "name": "Paul"},
            {"value": ODILE, "role": "organiser", "name": "Odile"}]}
        (folder.parent / "secret").write_text(secret + "\n")
        event = folder.parent / "event.yaml"
        event.write_text(EVENT.read_text() + "\nsign_in: " + json.dumps(settings) + "\n")
        super().__init__(folder, event=event, public_host="localhost")

    def get(self, path, cookie=None, **headers):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        line.request("GET", path, headers={**({"Cookie": cookie} if cookie else {}), **headers})
        reply = line.getresponse()
        reply.text = reply.read().decode()
        line.close()
        return reply

    def begin(self):
        """The address that a browser is sent to, its query, and the cookie that it keeps."""
        reply = self.get("/sign-in/start")
        assert reply.status == 303, reply.text
        address = urllib.parse.urlsplit(reply.headers["Location"])
        return reply, dict(urllib.parse.parse_qsl(address.query)), reply.headers["Set-Cookie"].split(";")[0]


# --- A provider that others wrote.


@pytest.fixture(scope="module")
def provider(tmp_path_factory):
    port = free_port()
    people = [{"sub": "1", "email": ANNE, "email_verified": True}, {"sub": "2", "email": PAUL, "email_verified": True},
              {"sub": "3", "email": ODILE, "email_verified": True}, {"sub": "4", "email": "else@manche.example", "email_verified": True},
              {"sub": "5", "email": ANNE, "email_verified": False}]
    words = [word for person in people for word in ("--user-claims", json.dumps(person))]
    with open(tmp_path_factory.mktemp("provider") / "log", "wb") as log:
        process = subprocess.Popen([sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), "--require-registration",
                                    "--require-nonce", *words], stdout=log, stderr=log)
    issuer = f"http://127.0.0.1:{port}"

    def is_up():
        with contextlib.suppress(OSError):
            return urllib.request.urlopen(issuer + "/.well-known/openid-configuration", timeout=2).status == 200
    wait_until(is_up, 30, "the provider")
    yield issuer
    process.terminate()
    process.wait(10)


@pytest.fixture
def signing(tmp_path, provider):
    hub = SignInHub(tmp_path / "data", provider)
    request = urllib.request.Request(provider + "/oauth2/clients", json.dumps({"redirect_uris": [hub.url + "/sign-in/callback"]}).encode(),
                                     {"Content-Type": "application/json"})
    known = json.load(urllib.request.urlopen(request, timeout=5))
    hub = SignInHub(tmp_path / "data", provider, known["client_id"], known["client_secret"])
    hub.port = int(known["redirect_uris"][0].split(":")[2].split("/")[0])
    hub.start()
    yield hub
    hub.stop()


@pytest.fixture
def page(browser):
    context = browser.new_context(locale="fr-FR")
    yield context.new_page()
    context.close()


def sign_in(page, hub, sub):
    page.goto(hub.url + "/sign-in")
    page.get_by_role("link", name="Se connecter").click()
    page.get_by_role("button", name=sub, exact=True).click()


def test_a_speaker_signs_in_and_is_on_the_console(signing, page):
    sign_in(page, signing, "2")
    page.wait_for_url("**/speaker*")
    with contextlib.closing(Client(signing, role="moderator", token=signing.token("moderator-cherbourg"))) as moderator:
        moderator.until(lambda: hasattr(moderator, "welcome"))
        with contextlib.closing(Client(signing, venue="cherbourg")) as phone:
            question = phone.ask("Qui délivre les certificats dans la Manche ?")["id"]
        assert moderator.do("approve", question=question)["type"] == "ack"
    page.get_by_text("Qui délivre les certificats").first.wait_for()
    assert not [word for word in ("code=", "state=") if word in page.url]


def test_an_organiser_signs_in_and_sees_the_day(signing, page):
    sign_in(page, signing, "3")
    page.wait_for_url("**/day*")
    page.get_by_text("Cherbourg").first.wait_for()


def test_a_moderator_signs_in_and_gets_a_token_that_the_terminal_takes_and_a_new_one_ends_it(signing, page):
    sign_in(page, signing, "1")
    token = page.locator("#token").text_content()
    with contextlib.closing(Client(signing, role="moderator", token=token)) as client:
        client.until(lambda: hasattr(client, "welcome"))
        assert client.welcome["venue"] == "cherbourg"
        sign_in(page, signing, "1")
        assert page.locator("#token").text_content() != token
        assert client.close_code() == 4502
    listed = signing.run("token", "list").stdout
    assert listed.count("Anne (sign-in)") >= 1


def test_somebody_whom_the_event_does_not_know_is_told_what_to_ask_for(signing, page):
    sign_in(page, signing, "4")
    page.get_by_text("else@manche.example").wait_for()
    assert page.locator("#token").count() == 0


def test_an_address_that_the_provider_has_not_verified_is_nobodys(signing, page):
    sign_in(page, signing, "5")
    page.get_by_text("sign_in_unverified").wait_for()


def test_somebody_who_declines_at_the_provider_is_told_so(signing, page):
    page.goto(signing.url + "/sign-in")
    page.get_by_role("link", name="Se connecter").click()
    page.get_by_role("button", name="Deny").click()
    page.get_by_text("sign_in_refused").wait_for()


# --- A provider that can lie.


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number(value):
    return encoded(value.to_bytes((value.bit_length() + 7) // 8, "big"))


class Liar:
    """Signs what it is told to; checks what a provider checks of the program: code, secret and PKCE."""

    def __init__(self):
        self.rsa = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.ec = ec.generate_private_key(ec.SECP256R1())
        self.forget()
        own = self

        class Answer(http.server.BaseHTTPRequestHandler):
            def log_message(self, *words):
                pass

            def say(self, body, status=200, kind="application/json"):
                data = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def do_GET(self):
                own.asked.append(self.path)
                if self.path == "/.well-known/openid-configuration":
                    self.say({"issuer": own.issuer, "authorization_endpoint": own.issuer + "/go", "token_endpoint": own.issuer + "/token",
                              "jwks_uri": own.issuer + "/keys", "userinfo_endpoint": own.issuer + "/me", **own.description})
                elif self.path == "/keys":
                    self.say({"keys": own.keys()})
                elif self.path == "/me":
                    said = own.me
                    self.say(said, 200) if isinstance(said, dict) else self.say(said.encode(), 200, "application/jwt")
                else:
                    self.say({}, 404)

            def do_POST(self):
                form = dict(urllib.parse.parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
                own.asked.append(self.path)
                own.forms.append((form, self.headers.get("Authorization")))
                if own.token is None:
                    return self.say({"error": "invalid_grant"}, 400)
                if isinstance(own.token, bytes):
                    return self.say(own.token)
                self.say({"token_type": "Bearer", "access_token": "tickets", "id_token": own.token})

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        # Whoever is lied to hangs up.
        self.server.handle_error = lambda *_: None
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def forget(self):
        self.token, self.me, self.asked, self.forms, self.description = None, {}, [], [], {}
        self.published = ["rsa", "ec"]

    def keys(self):
        held = self.rsa.public_key().public_numbers()
        point = self.ec.public_key().public_numbers()
        all = {"rsa": {"kty": "RSA", "kid": "r", "use": "sig", "alg": "RS256", "n": number(held.n), "e": number(held.e)},
               "ec": {"kty": "EC", "kid": "e", "crv": "P-256", "x": encoded(point.x.to_bytes(32, "big")), "y": encoded(point.y.to_bytes(32, "big"))}}
        return [all[name] for name in self.published]

    def claims(self, nonce, /, **changes):
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": "qarelay", "sub": "1", "exp": now + 300, "iat": now, "nonce": nonce, "email": ANNE, "email_verified": True}
        claims.update(changes)
        return {name: value for name, value in claims.items() if value is not ...}

    def sign(self, claims, algorithm="RS256", key=None, head=None):
        header = {"alg": algorithm, "typ": "JWT", "kid": "e" if algorithm == "ES256" else "r", **(head or {})}
        signed = encoded(json.dumps(header).encode()) + "." + encoded(json.dumps(claims).encode())
        if algorithm == "RS256":
            signature = (key or self.rsa).sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        elif algorithm == "ES256":
            r, s = decode_dss_signature(self.ec.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
            signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
        elif algorithm == "HS256":
            import hmac
            # The old trick: the public key taken for a shared secret.
            signature = hmac.new(number(self.rsa.public_key().public_numbers().n).encode(), signed.encode(), hashlib.sha256).digest()
        else:
            signature = b""
        return signed + "." + encoded(signature)


@pytest.fixture(scope="module")
def liar():
    made = Liar()
    yield made
    made.server.shutdown()


@pytest.fixture(scope="module")
def lied_to(tmp_path_factory, liar):
    hub = SignInHub(tmp_path_factory.mktemp("lied") / "data", liar.issuer).start()
    yield hub
    hub.stop()


@pytest.fixture
def attempt(lied_to, liar):
    """One attempt to sign in: ends with the page that the browser gets."""
    liar.forget()
    _, query, cookie = lied_to.begin()

    def finish(token, **changes):
        liar.token = token(query["nonce"]) if callable(token) else token
        parts = {"code": "c0de", "state": query["state"], **changes}
        return lied_to.get("/sign-in/callback?" + urllib.parse.urlencode(parts), cookie)
    finish.query, finish.cookie = query, cookie
    return finish


def test_what_goes_to_the_provider_is_what_the_flow_needs_and_nothing_else(lied_to, liar):
    reply, query, cookie = lied_to.begin()
    assert set(query) == {"response_type", "client_id", "redirect_uri", "scope", "state", "nonce", "code_challenge", "code_challenge_method"}
    assert len(query["state"]) >= 32 and len(query["nonce"]) >= 32 and query["code_challenge_method"] == "S256"
    assert query["redirect_uri"] == lied_to.url + "/sign-in/callback"
    flags = reply.headers["Set-Cookie"]
    assert "HttpOnly" in flags and "SameSite=Lax" in flags and "Path=/sign-in" in flags
    assert reply.headers["Cache-Control"] == "no-store"
    again = lied_to.begin()[1]
    assert again["state"] != query["state"] and again["nonce"] != query["nonce"] and again["code_challenge"] != query["code_challenge"]


def test_the_code_is_exchanged_with_the_secret_and_the_proof_of_who_began(attempt, liar, lied_to):
    page = attempt(lambda nonce: liar.sign(liar.claims(nonce)), code="4/a b+c=%")
    assert page.status == 200 and 'id="token"' in page.text
    form, header = liar.forms[0]
    assert form["code"] == "4/a b+c=%" and form["grant_type"] == "authorization_code"
    assert base64.b64decode(header.split()[1]) == b"qarelay:hush"
    assert encoded(hashlib.sha256(form["code_verifier"].encode()).digest()) == attempt.query["code_challenge"]
    assert "hush" not in lied_to.log.read_text() and "tickets" not in lied_to.log.read_text()


def test_a_provider_that_wants_the_secret_in_the_form_gets_it_there(tmp_path, liar):
    liar.forget()
    liar.description = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    hub = SignInHub(tmp_path / "data", liar.issuer).start()
    _, query, cookie = hub.begin()
    liar.token = liar.sign(liar.claims(query["nonce"]))
    assert hub.get("/sign-in/callback?" + urllib.parse.urlencode({"code": "c", "state": query["state"]}), cookie).status == 200
    form, header = liar.forms[0]
    assert header is None and (form["client_id"], form["client_secret"]) == ("qarelay", "hush")
    hub.stop()


def test_a_signature_on_a_curve_is_believed_too(attempt, liar):
    assert 'id="token"' in attempt(lambda nonce: liar.sign(liar.claims(nonce), "ES256")).text


def test_what_the_token_leaves_out_is_asked_for_and_must_be_of_the_same_person(lied_to, liar):
    def finish(me):
        liar.forget()
        _, query, cookie = lied_to.begin()
        liar.me = me
        liar.token = liar.sign(liar.claims(query["nonce"], email=...))
        return lied_to.get("/sign-in/callback?" + urllib.parse.urlencode({"code": "c", "state": query["state"]}), cookie)
    assert 'id="token"' in finish({"sub": "1", "email": ANNE}).text
    assert "sign_in_token" in finish({"sub": "9", "email": ANNE}).text
    assert "sign_in_token" in finish({"email": ANNE}).text
    # As ProConnect tells it: sealed like the token.
    assert 'id="token"' in finish(liar.sign({"sub": "1", "email": ANNE})).text
    assert "sign_in_signature" in finish(liar.sign({"sub": "1", "email": ANNE}, key=liar.other)).text


HOUR = 3600
LIES = {
    "signed by another": ("sign_in_signature", lambda own, nonce: own.sign(own.claims(nonce), key=own.other)),
    "signed by nobody": ("sign_in_signature", lambda own, nonce: own.sign(own.claims(nonce), "none")),
    "a shared secret that is public": ("sign_in_signature", lambda own, nonce: own.sign(own.claims(nonce), "HS256")),
    "an algorithm that it does not have": ("sign_in_signature", lambda own, nonce: own.sign(own.claims(nonce), head={"alg": "RS512"})),
    "contents changed afterwards": ("sign_in_signature", lambda own, nonce: changed(own.sign(own.claims(nonce)), own.claims(nonce, email=ODILE))),
    "an extension that must be understood": ("sign_in_token", lambda own, nonce: own.sign(own.claims(nonce), head={"crit": ["b64"], "b64": False})),
    "from elsewhere": ("sign_in_issuer", lambda own, nonce: own.sign(own.claims(nonce, iss="https://evil.example"))),
    "for somebody else": ("sign_in_audience", lambda own, nonce: own.sign(own.claims(nonce, aud="another"))),
    "for several, made for another": ("sign_in_audience", lambda own, nonce: own.sign(own.claims(nonce, aud=["qarelay", "another"], azp="another"))),
    "for several, made for nobody": ("sign_in_audience", lambda own, nonce: own.sign(own.claims(nonce, aud=["qarelay", "another"]))),
    "expired": ("sign_in_expired", lambda own, nonce: own.sign(own.claims(nonce, exp=int(time.time()) - HOUR))),
    "without an end": ("sign_in_expired", lambda own, nonce: own.sign(own.claims(nonce, exp=...))),
    "from the future": ("sign_in_expired", lambda own, nonce: own.sign(own.claims(nonce, iat=int(time.time()) + HOUR))),
    "not yet": ("sign_in_expired", lambda own, nonce: own.sign(own.claims(nonce, nbf=int(time.time()) + HOUR))),
    "of another attempt": ("sign_in_nonce", lambda own, nonce: own.sign(own.claims("x" * 43))),
    "of no attempt": ("sign_in_nonce", lambda own, nonce: own.sign(own.claims(nonce, nonce=...))),
    "an address nobody verified": ("sign_in_unverified", lambda own, nonce: own.sign(own.claims(nonce, email_verified=False))),
    "no token": ("sign_in_token", lambda own, nonce: "not.a.token"),
    "too many parts": ("sign_in_token", lambda own, nonce: own.sign(own.claims(nonce)) + ".x"),
    "an answer without end": ("sign_in_token", lambda own, nonce: b'{"id_token":"' + b"a" * 1_000_000 + b'"}'),
    "an answer that is none": ("sign_in_token", lambda own, nonce: b"\xff\x00<html>"),
    "an answer of nothing but brackets": ("sign_in_token", lambda own, nonce: b"[" * 100_000),
    "a refused code": ("sign_in_token", lambda own, nonce: None),
}


def changed(token, claims):
    head, _, signature = token.split(".")
    return ".".join([head, encoded(json.dumps(claims).encode()), signature])


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_of_the_provider_signs_nobody_in(attempt, liar, lie):
    code, token = LIES[lie]
    page = attempt(lambda nonce: token(liar, nonce))
    assert page.status == 403 and code in page.text and 'id="token"' not in page.text


def test_a_new_key_of_the_provider_is_found(tmp_path, liar):
    liar.forget()
    liar.published = ["ec"]
    hub = SignInHub(tmp_path / "data", liar.issuer).start()
    _, query, cookie = hub.begin()
    back = "/sign-in/callback?" + urllib.parse.urlencode({"code": "c", "state": query["state"]})
    liar.token = liar.sign(liar.claims(query["nonce"]))
    assert "sign_in_signature" in hub.get(back, cookie).text
    liar.published = ["rsa", "ec"]
    # Not asked again at once, whoever sends what: the provider is not hammered.
    assert "sign_in_signature" in once_more(hub, liar).text
    assert liar.asked.count("/keys") == 1
    hub.stop()


def once_more(hub, liar):
    """What somebody gets who begins anew."""
    _, query, cookie = hub.begin()
    liar.token = liar.sign(liar.claims(query["nonce"]))
    return hub.get("/sign-in/callback?" + urllib.parse.urlencode({"code": "c", "state": query["state"]}), cookie)


@pytest.mark.long
def test_half_a_minute_later_the_new_key_signs_people_in(tmp_path, liar):
    liar.forget()
    liar.published = ["ec"]
    hub = SignInHub(tmp_path / "data", liar.issuer).start()
    assert "sign_in_signature" in once_more(hub, liar).text
    liar.published = ["rsa", "ec"]
    wait_until(lambda: 'id="token"' in once_more(hub, liar).text, 40, "a sign-in by the new key")
    assert liar.asked.count("/keys") == 2
    hub.stop()


def test_a_way_back_leads_somewhere_once(lied_to, liar):
    liar.forget()
    _, query, cookie = lied_to.begin()
    liar.token = liar.sign(liar.claims(query["nonce"]))
    back = "/sign-in/callback?" + urllib.parse.urlencode({"code": "c0de", "state": query["state"]})
    assert 'id="token"' in lied_to.get(back, cookie).text
    again = lied_to.get(back, cookie)
    assert again.status == 403 and "sign_in_state" in again.text
    assert liar.asked.count("/token") == 1


def test_one_caller_keeps_no_other_waiting_for_the_provider(tmp_path):
    # A provider that takes the call and says nothing.
    with socket.create_server(("127.0.0.1", 0)) as silent:
        hub = SignInHub(tmp_path / "data", f"http://127.0.0.1:{silent.getsockname()[1]}")
        hub.extra = ["--trusted-proxy", "127.0.0.1"]
        hub.start()
        started = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(40) as pool:
            floods = [pool.submit(hub.get, "/sign-in/start", **{"X-Forwarded-For": "192.0.2.66"}) for _ in range(40)]
            refused = [flood for flood in concurrent.futures.as_completed(floods) if time.monotonic() - started < 3]
            assert len(refused) >= 30, "past its share it is told at once"
            assert all(flood.result().status == 502 for flood in refused)
        hub.stop()


def test_an_identifier_is_another_in_capitals_and_an_address_is_not(tmp_path, liar):
    for claim, value, is_known in (("email", ANNE.upper(), True), ("sub", ANNE, True), ("sub", ANNE.upper(), False)):
        liar.forget()
        folder = tmp_path / f"{claim}-{is_known}"
        folder.mkdir()
        hub = SignInHub(folder / "data", liar.issuer, claim=claim).start()
        _, query, cookie = hub.begin()
        liar.token = liar.sign({**liar.claims(query["nonce"]), claim: value})
        page = hub.get("/sign-in/callback?" + urllib.parse.urlencode({"code": "c", "state": query["state"]}), cookie)
        assert (page.status == 200) == is_known, (claim, value, page.text)
        hub.stop()


@pytest.mark.parametrize("change", ["no state", "another state", "no cookie", "another's cookie", "a cookie with a letter changed", "another issuer",
                                    "twice the state"])
def test_a_way_back_that_this_browser_did_not_begin_leads_nowhere(lied_to, liar, change):
    liar.forget()
    _, query, cookie = lied_to.begin()
    liar.token = liar.sign(liar.claims(query["nonce"]))
    parts = {"code": "c0de", "state": query["state"]}
    if change == "no state":
        del parts["state"]
    elif change == "another state":
        parts["state"] = lied_to.begin()[1]["state"]
    elif change == "no cookie":
        cookie = None
    elif change == "another's cookie":
        cookie = lied_to.begin()[2]
    elif change == "a cookie with a letter changed":
        cookie = cookie[:-3] + ("A" if cookie[-3] != "A" else "B") + cookie[-2:]
    elif change == "another issuer":
        parts["iss"] = "https://evil.example"
    text = urllib.parse.urlencode(parts)
    if change == "twice the state":
        text += "&state=" + query["state"]
    page = lied_to.get("/sign-in/callback?" + text, cookie)
    assert page.status == 403 and "sign_in_state" in page.text
    assert "/token" not in liar.asked


def test_a_provider_that_does_not_answer_is_said_to_and_the_rest_goes_on(tmp_path):
    port = free_port()
    hub = SignInHub(tmp_path / "data", f"http://127.0.0.1:{port}").start()
    page = hub.get("/sign-in/start")
    assert page.status == 502 and "sign_in_provider" in page.text
    assert hub.health()["status"] == "ok"
    hub.stop()


@contextlib.contextmanager
def aside(answer, context=None):
    """A server that says one thing, by TLS or not; gives its address and the paths that it was asked for."""
    asked = []

    class One(http.server.BaseHTTPRequestHandler):
        def log_message(self, *words):
            pass

        def do_GET(self):
            asked.append(self.path)
            answer(self)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), One)
    server.handle_error = lambda *_: None
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"{'https' if context else 'http'}://127.0.0.1:{server.server_port}", asked
    server.shutdown()


def test_the_provider_is_not_followed_to_where_it_sends_the_hub(tmp_path, liar):
    liar.forget()

    def away(request):
        request.send_response(302)
        request.send_header("Location", liar.issuer + request.path)
        request.send_header("Content-Length", "0")
        request.end_headers()
    with aside(away) as (issuer, asked):
        # What lies there would be believed.
        liar.description = {"issuer": issuer}
        hub = SignInHub(tmp_path / "data", issuer).start()
        page = hub.get("/sign-in/start")
        assert page.status == 502 and "sign_in_provider" in page.text
        assert asked and not liar.asked
        hub.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a program authorities of its own")
@pytest.mark.parametrize("is_known", [False, True])
def test_a_provider_s_certificate_must_be_vouched_for(tmp_path, is_known):
    made = Hub.run_alone("tls", "new", "--name", "127.0.0.1", "--out", str(tmp_path / "tls"))
    assert made.returncode == 0, made.stderr
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "tls" / "cert.pem", tmp_path / "tls" / "key.pem")

    def describe(request):
        issuer = f"https://127.0.0.1:{request.server.server_port}"
        body = json.dumps({"issuer": issuer, "authorization_endpoint": issuer + "/go", "token_endpoint": issuer + "/token",
                           "jwks_uri": issuer + "/keys"}).encode()
        request.send_response(200)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)
    with aside(describe, context) as (issuer, asked):
        hub = SignInHub(tmp_path / "data", issuer)
        bundle = "/etc/ssl/certs/ca-certificates.crt"
        (tmp_path / "bundle").write_text(open(bundle).read() + (tmp_path / "tls" / "cert.pem").read_text())
        script = f'mount --bind {tmp_path / "bundle"} {bundle} && exec "$@"'
        hub.start(wrapper=["unshare", "--mount", "--propagation", "private", "sh", "-c", script, "sh"] if is_known else ())
        page = hub.get("/sign-in/start")
        assert (page.status, bool(asked)) == ((303, True) if is_known else (502, False)), page.text
        hub.stop()


def test_a_provider_that_names_itself_otherwise_is_not_believed(tmp_path, liar):
    liar.forget()
    liar.description = {"issuer": "https://evil.example"}
    hub = SignInHub(tmp_path / "data", liar.issuer).start()
    assert "sign_in_provider" in hub.get("/sign-in/start").text
    hub.stop()


def test_a_hub_without_the_secret_says_where_it_looked(tmp_path, liar):
    hub = SignInHub(tmp_path / "data", liar.issuer)
    (tmp_path / "secret").unlink()
    done = subprocess.run(hub.command(), capture_output=True, text=True, timeout=20)
    assert done.returncode != 0 and "sign_in_secret" in done.stderr and str(tmp_path / "secret") in done.stderr


def test_without_a_provider_there_is_no_such_page(shared_hub):
    from conftest import http as plain
    assert plain(shared_hub, "/sign-in").status == 404


def test_the_pages_break_no_rule_of_accessibility(signing, page):
    page.goto(signing.url + "/sign-in")
    assert violations(SimpleNamespace(page=page)) == []
    sign_in(page, signing, "1")
    page.locator("#token").wait_for()
    assert violations(SimpleNamespace(page=page)) == []
    sign_in(page, signing, "4")
    page.get_by_text("else@manche.example").wait_for()
    assert violations(SimpleNamespace(page=page)) == []
