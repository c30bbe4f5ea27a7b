"""Who calls: built-in accounts, users of `sys_user` with their roles, OAuth tokens, sessions.

accounts    what every sandbox has
directory   user names and credentials to callers
tokens      OAuth tokens and their lives
sessions    cookies, and one transaction at a time in each session
"""
