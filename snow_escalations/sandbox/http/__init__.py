"""The instance on the wire.

call, answer, refusals   a request and what is said to it, apart from HTTP's mechanics
formats, lenient         JSON and XML in and out
parameters, links        sysparm_*, the Link header
reads, writes            the Table API
aggregate, batch, oauth  its neighbours (aggregate_question: what is asked for)
router                   paths to handlers
admission                sessions, semaphore, rate limits
profiles                 headers and wording by release
pipeline                 one request from arrival to answer, faults included
server                   uvicorn in a thread
"""
