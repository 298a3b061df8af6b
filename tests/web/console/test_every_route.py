"""What holds for every route of the console and every role, generated: none is forgotten."""

from tests.web.console.conftest import BROWSER, OFFICES, Console
from tests.web.console.routes import routes_of
from web.console.addresses import SIGN_IN
from web.console.guard import LOOKS

LED = (303, 302)


async def test_every_route_says_whom_it_is_for(console: Console) -> None:
    """A power, everybody who is signed in, or the whole world: but it says so."""
    routes = routes_of(console.app)
    assert [route for route in routes if not route.declares] == []
    assert sum(route.public for route in routes if route.method != "HEAD") == 4


async def test_the_whole_world_gets_no_further_than_the_door(console: Console) -> None:
    """Without a session every route leads to the sign-in page, whatever is sent."""
    browser = await console.browser()
    for route in routes_of(console.app):
        if route.public:
            continue
        answer = await browser.request(
            route.method, route.path, headers=BROWSER, allow_redirects=False
        )
        assert answer.status == 303, route
        assert answer.headers["Location"].startswith(SIGN_IN), route


async def test_each_role_gets_its_own_routes_and_no_others(console: Console) -> None:
    """A constant page refuses what the rows of roles.yaml do not give, and it comes first."""
    refused = []
    for role in console.district.staff_roles.values():
        somebody = await console.sign_in(role.code)
        for route in routes_of(console.app):
            if not route.closed_to(role):
                continue
            answer = await somebody.client.request(
                route.method, route.path, headers=BROWSER, allow_redirects=False
            )
            assert answer.status == 403, (role.code, route)
            if route.method != "HEAD":
                refused.append(await answer.text())
    assert len(refused) > len(OFFICES)
    assert len(set(refused)) == 1


async def test_every_form_needs_the_word_of_its_session(console: Console) -> None:
    """Another site's form, one without a word and one with another session's all do nothing."""
    other = await console.sign_in("supervisor")
    for role in console.district.staff_roles.values():
        somebody = await console.sign_in(role.code)
        for route in routes_of(console.app):
            if route.method in LOOKS or route.closed_to(role):
                continue
            for word in ("", other.csrf, somebody.csrf[:-1]):
                answer = await somebody.client.request(
                    route.method, route.path, data={"csrf": word}, headers=BROWSER
                )
                assert answer.status == 403, (role.code, route, word)
            for elsewhere in (
                {"Sec-Fetch-Site": "cross-site"},
                {"Sec-Fetch-Site": "same-site"},
                {"Sec-Fetch-Site": "", "Origin": "https://evil.example"},
            ):
                answer = await somebody.client.request(
                    route.method,
                    route.path,
                    data={"csrf": somebody.csrf},
                    headers={**BROWSER, **elsewhere},
                )
                assert answer.status == 403, (role.code, route, elsewhere)


async def test_who_is_not_signed_in_needs_a_word_as_well(console: Console) -> None:
    """Nobody can be signed in to another's account from elsewhere."""
    for route in routes_of(console.app):
        if route.public and route.method not in LOOKS:
            browser = await console.browser()
            answer = await browser.request(
                route.method, route.path, data={"name": "a"}, headers=BROWSER
            )
            assert answer.status == 403, route


async def test_every_page_is_kept_from_frames_caches_and_foreign_scripts(console: Console) -> None:
    """Whatever is answered, it carries the policy."""
    somebody = await console.sign_in("supervisor")
    for route in routes_of(console.app):
        if route.method not in LOOKS:
            continue
        answer = await somebody.client.get(route.path, headers=BROWSER, allow_redirects=False)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, route
        assert "unsafe" not in policy, route
        assert "frame-ancestors 'none'" in policy, route
        assert "no-store" in answer.headers["Cache-Control"], route
        assert answer.headers["Referrer-Policy"] == "no-referrer", route
        answer.close()
