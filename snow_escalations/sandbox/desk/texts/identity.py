"""Threads about Corvane Identity, the access management product."""

from snow_escalations.sandbox.desk.topic import Exchange, Reply, Topic

TOPICS = (
    Topic(
        key="sso-loop",
        product="Identity",
        subjects=(
            "Login loop with SSO for {some|$count} users since $version",
            "SSO: endless redirect after {the upgrade|we moved to $version}",
        ),
        openings=(
            (
                "About $users users end in a redirect loop when they log in with SSO. {Private browsing helps|With "
                "an empty cache it works once}. The service desk gets {dozens of calls|a call every minute} since "
                "we moved to $version."
            ),
            (
                "Since {last night's|the} upgrade to $version users of site $site cannot log in: the browser jumps "
                "between Identity and our identity provider until it gives up ($code)."
            ),
        ),
        exchanges=(
            Exchange(
                "Could one affected user record the login as a HAR file? Please remove passwords before you upload "
                "it. Is there a reverse proxy in front of $host?",
                "HAR attached, passwords removed. Yes, there is a proxy, {nginx|a hardware load balancer}, which "
                "also ends TLS.",
            ),
            Exchange(
                "The session cookie is set with SameSite=Lax in your recording. Does the proxy {rewrite|touch} "
                "cookies?",
                "It does, there is a rule from {2019|an old project} that nobody remembers. We can remove it in "
                "{test|staging} first.",
            ),
        ),
        notes=(
            (
                "HAR: IdP posts back, our cookie is not sent because SameSite=Lax. We send None; proxy rewrites it. "
                "Worked before because $previous used redirect binding."
            ),
            (
                "Proxy rule confirmed. POST binding is new default in $version, {release notes mention it|"
                "$colleague adds a line to the upgrade guide}."
            ),
        ),
        updates=(
            (
                "Our cookie is changed on its way to the browser, and the browser then withholds it. As an "
                "immediate measure you can switch the connection to redirect binding (Connections > Advanced); no "
                "restart is needed."
            ),
            (
                "Redirect binding keeps your users working. For a lasting solution please remove the rewrite rule "
                "in staging and switch back to POST binding there; we can watch together."
            ),
        ),
        fix="The proxy rule is removed and POST binding is active again. We see no loops in the log of $host since "
        "then. The upgrade guide of $fixed lists this check.",
        confirm="No more calls at the service desk. {Thank you for staying on the line|Thanks for the quick "
        "workaround}.",
        cause="Reverse proxy rewrote the SameSite attribute.",
    ),
    Topic(
        key="scim-deactivated",
        product="Identity",
        subjects=(
            "SCIM {sync|provisioning} deactivated $count users",
            "Users lose access after the nightly provisioning",
        ),
        openings=(
            (
                "The {nightly|hourly} SCIM run deactivated $count active employees {last night|at $window}. They "
                "are active in our HR system. {We switched provisioning off|Provisioning is stopped for now}. How "
                "can we restore them with their entitlements?"
            ),
            (
                "{Every|Each} night a few users lose their access: the provisioning sets them inactive and {the "
                "next run|HR's next export} activates them again. Entitlements are gone by then. Version $version."
            ),
        ),
        exchanges=(
            Exchange(
                "Please do not delete anything: the entitlements are kept for 30 days. Could you send the run "
                "protocol of that night and the filter of the source?",
                'Protocol and filter attached. The filter is `status eq "active"`, {unchanged|as ever}.',
            ),
            Exchange(
                "The source answered with {17|23|31} pages out of {40|60} and then with an empty page. Did your HR "
                "system have {an outage|maintenance} at $window?",
                "Yes, {a restart|maintenance} at that time. So an incomplete answer was taken for the truth?",
            ),
        ),
        notes=(
            (
                "Source closed the connection mid-run, empty page was read as the end. Everyone behind it was "
                "deactivated. Safety threshold was off."
            ),
            (
                "Restore job prepared with $colleague: reactivates $count users with entitlements as of the evening "
                "before. Defect for the empty page: $ticket."
            ),
        ),
        updates=(
            (
                "The run stopped reading half-way and treated the missing people as leavers. Nothing is lost. We "
                "have prepared a restore of accounts and entitlements as of {yesterday evening|the evening before}."
            ),
            (
                "The restore is ready for your approval. In addition please set the safety threshold to 2 %: a run "
                "that would deactivate more than that then stops and asks."
            ),
        ),
        fix="All accounts are restored, the threshold is set to 2 %, and $fixed treats an incomplete answer of the "
        "source as an error. You can switch provisioning on again.",
        confirm="Everybody is back, {spot checks of entitlements look right|HR has checked the list}. Provisioning "
        "runs again.",
        cause="Incomplete source answer taken as complete; threshold disabled.",
    ),
    Topic(
        key="mfa-enrolment",
        product="Identity",
        subjects=(
            "MFA enrolment fails on new phones ($code)",
            "New employees cannot enrol their second factor",
        ),
        openings=(
            (
                "New {starters|employees} cannot enrol the authenticator: after scanning the code the app shows "
                "$code. Old enrolments work. We have $users new people {on the first|this week} and they cannot "
                "work."
            ),
            (
                "Enrolment of the second factor fails at site $site since {Monday|our certificate change}. We tried "
                "{three|four} phones of different makers. Error $code."
            ),
        ),
        exchanges=(
            Exchange(
                "Which time does $host show (`date -u`), and can the phones reach the enrolment address from the "
                "mobile network, without WLAN?",
                "The server is {fine|in sync}. From the mobile network it works! Only in our WLAN it does not.",
            ),
            Exchange(
                Reply(
                    "That points to TLS inspection in your WLAN. ",
                    "Is the enrolment address on the list of exceptions of your proxy?",
                ),
                "It was, under its old name. The name changed {with $version|when we moved to the new host}.",
            ),
        ),
        notes=(
            (
                "Works outside, fails inside: TLS inspection. App pins the certificate, so it must fail. Error text "
                "is useless, asked for a better one ($ticket)."
            ),
            "Customer updated the exception. Wait for tomorrow's induction day before closing.",
        ),
        updates=(
            (
                "The app refuses because the connection is opened by your proxy in between. {This is intended|It "
                "must do so}: it protects the second factor. An exception for the new host name solves it."
            ),
            (
                "Until the exception is live, new people can enrol {over the mobile network|with mobile data} or "
                "with a hardware key from your stock."
            ),
        ),
        fix='With the exception in place, enrolment works in the WLAN. The app of next month says "The network '
        'inspects encrypted traffic" instead of $code.',
        confirm="Induction day went well, {all $users people enrolled|everyone is enrolled}. Please close.",
        cause="TLS inspection between phone and enrolment service.",
    ),
)
