"""The only room that talks to an instance.

    session, connection    auth, deadlines, retries, pacing, one cookie jar a worker
    query                  encoded queries with quoting, and the judge of every row that comes back
    tables, journals       read pages, read one, patch one; journal entries read and appended
    dialect                one instance's own names and choice values
    desk                   dossiers in bulk
    doctor                 what must be right before anything is decided
    errors                 one class per meaning

Modules are imported by name, not re-exported here, so that a command that needs no instance loads none of it.
"""
