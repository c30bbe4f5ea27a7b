"""What an instance holds when it starts: the platform's own rows, and those of data files or of the demo desk.

files      `<table>.json` files of a folder to rows, every problem at once
rows       rows checked against the schema, made ready to store
batch      rows of one shape, their values in the form that their fields keep
load       rows stored in bulk
metadata   the rows of sys_db_object, sys_dictionary and sys_choice
platform   built-in users, roles and properties
"""
