"""The properties of the sandbox's core: ServiceNow's own where it has one, `sandbox.` where it has none."""

from snow_escalations.sandbox.properties.declaration import Property

_MB = 1024 * 1024

_QUERIES = (
    Property(
        "glide.invalid_query.returns_no_rows",
        "boolean",
        "false",
        "A query with an invalid part returns no rows, instead of the rows of its valid part.",
    ),
    Property(
        "sandbox.query.caret_escape",
        "boolean",
        "false",
        "`^^` in an encoded query is a literal caret. Third parties claim it; measured instances ignore such a query.",
    ),
    Property(
        "sandbox.query.date_literals",
        "choice",
        "user",
        "The zone in which date literals of queries are read: the caller's, or UTC.",
        choices=("user", "utc"),
    ),
    Property(
        "sandbox.unordered_reads",
        "choice",
        "index",
        "The order of rows that ORDERBY leaves open: the database's index order, or another one on every read.",
        choices=("index", "shuffle"),
    ),
    Property(
        "sandbox.table.max_limit",
        "integer",
        "10000",
        "The default of sysparm_limit and the most rows of one answer; more are silently cut.",
        minimum=1,
    ),
    Property(
        "sandbox.table.limit_zero",
        "choice",
        "refuse",
        "sysparm_limit=0: 400 as since the London release, or 200 without rows as before.",
        choices=("refuse", "empty"),
    ),
    Property(
        "sandbox.insert_visibility_lag_ms",
        "integer",
        "0",
        "A row posted over HTTP is not readable over HTTP until so much sandbox time has passed.",
    ),
)
_WRITES = (
    Property(
        "glide.rest.choice.allow_non_existing_value",
        "boolean",
        "false",
        "A value that is no choice of its field is stored, instead of being dropped silently.",
    ),
    Property(
        "sandbox.acl.field_write_denied",
        "choice",
        "drop",
        "A field that the caller may not write: dropped silently with 200 or 201, or the whole write refused with 403.",
        choices=("drop", "refuse"),
    ),
    Property(
        "sandbox.case.closed_update_aborts",
        "boolean",
        "false",
        "A business rule aborts every update of a closed or canceled case, comments included.",
    ),
    Property(
        "sandbox.case.resolution_data_policy",
        "boolean",
        "false",
        "A data policy demands resolution code and resolution notes when a case is resolved or closed.",
    ),
    Property(
        "sandbox.incident.closed_state_restored",
        "boolean",
        "false",
        "The state of a closed incident is silently put back, instead of being reopened.",
    ),
)
_ACCESS = (
    Property("glide.sys.default.tz", "zone", "GMT", "The time zone of users who have none."),
    Property("glide.sys.date_format", "text", "yyyy-MM-dd", "The date format of users who have none."),
    Property("glide.sys.time_format", "text", "HH:mm:ss", "The time format of users who have none."),
    Property(
        "glide.oauth.inbound.client.credential.grant_type.enabled",
        "boolean",
        "true",
        "The OAuth grant client_credentials is answered. A fresh instance has this off.",
    ),
    Property(
        "glide.authenticate.basic_auth.restriction.active",
        "boolean",
        "false",
        "Inbound basic authentication is restricted (with `.enforce`) to the roles and users named.",
    ),
    Property(
        "glide.authenticate.basic_auth.restriction.enforce",
        "boolean",
        "false",
        "The restriction refuses, not only logs.",
    ),
    Property(
        "glide.authenticate.basic_auth.restriction.enforcement_date",
        "instant",
        "",
        "The restriction applies from then on; empty: at once.",
    ),
    Property(
        "glide.authenticate.basic_auth.restriction.allowed_roles",
        "list",
        "snc_basic_auth_api_access",
        "Roles that may still use basic authentication.",
    ),
    Property(
        "glide.authenticate.basic_auth.restriction.allowed_users",
        "list",
        "",
        "User names that may still use basic authentication.",
    ),
    Property("sandbox.oauth.access_lifetime", "integer", "1800", "Seconds that an access token lives.", minimum=1),
    Property("sandbox.oauth.refresh_lifetime", "integer", "8640000", "Seconds that a refresh token lives.", minimum=1),
    Property(
        "sandbox.oauth.specific_errors",
        "boolean",
        "false",
        "Token errors say invalid_client, invalid_grant or unsupported_grant_type, as newer builds do, "
        "instead of server_error for all.",
    ),
    Property(
        "sandbox.oauth.scoped_client",
        "boolean",
        "false",
        "The OAuth client has auth scopes: its tokens get 403 `Access to unscoped api is not allowed`.",
    ),
    Property(
        "sandbox.api_acl.role",
        "text",
        "",
        "The role that the REST endpoint ACL demands of every caller; empty: none. Without it: 403.",
    ),
)
_WIRE = (
    Property(
        "sandbox.release",
        "choice",
        "2026",
        "Headers, cookies and wording as recorded in that year.",
        choices=("2020", "2024", "2026"),
    ),
    Property(
        "sandbox.error.detail_first",
        "boolean",
        "false",
        "Error envelopes say detail before message, as some nodes did in 2020 and 2021.",
    ),
    Property(
        "glide.rest.replace_request_host_with_property",
        "boolean",
        "false",
        "Links in answers name the address in glide.servlet.uri, instead of the host that was asked.",
    ),
    Property(
        "glide.servlet.uri", "text", "", "The address of the instance for links, as `https://acme.service-now.com/`."
    ),
    Property("glide.rest.max_content_length", "integer", str(10 * _MB), "The most bytes of a request body.", minimum=1),
    Property(
        "sandbox.http.large_payload_status",
        "choice",
        "413",
        "The status of a request body that is too large, which no public source records.",
        choices=("400", "413", "500"),
    ),
    Property(
        "sandbox.http.request_line_limit",
        "integer",
        "8192",
        "The most bytes of a request line; more get 414.",
        minimum=64,
    ),
    Property("sandbox.http.gzip", "boolean", "false", "Bodies are compressed for clients that accept gzip."),
    Property("sandbox.latency_ms", "integer", "0", "Real milliseconds that each request takes at least."),
)
_LIMITS = (
    Property(
        "sandbox.session.lifetime",
        "integer",
        "1800",
        "Seconds of sandbox time that a session lives without use.",
        minimum=1,
    ),
    Property(
        "sandbox.session.queue_limit",
        "integer",
        "10",
        "Requests of one session that may wait for the one that runs; one more is dropped with an empty 202.",
    ),
    Property(
        "sandbox.session.wait_limit_ms",
        "integer",
        "30000",
        "Real milliseconds that a request waits for its session; then it is dropped with an empty 202.",
        minimum=1,
    ),
    Property(
        "sandbox.session.secure_cookies",
        "boolean",
        "false",
        "Cookies carry `Secure`. Off, because clients return such cookies over https alone.",
    ),
    Property(
        "sandbox.semaphore.size", "integer", "4", "Requests that the API_INT semaphore lets run at once; 0: any number."
    ),
    Property(
        "sandbox.semaphore.queue_limit",
        "integer",
        "50",
        "Requests that may wait for API_INT; one more gets 429 without the envelope.",
    ),
    Property(
        "sandbox.rate_limit.lag_s",
        "integer",
        "0",
        "Seconds of sandbox time by which rate-limit counts lag; up to 30 on an instance.",
    ),
    Property("glide.rest.batch.max.inputSize", "integer", "5", "Megabytes of a batch item's body.", minimum=1),
    Property(
        "glide.rest.batch.max.outputSize", "integer", "10", "Megabytes that the answers of a batch may have.", minimum=1
    ),
    Property(
        "sandbox.batch.serviced_limit",
        "integer",
        "0",
        "Items of a batch that are serviced before its time is up; the others are listed as unserviced. 0: all.",
    ),
)

CORE: tuple[Property, ...] = (*_QUERIES, *_WRITES, *_ACCESS, *_WIRE, *_LIMITS)
