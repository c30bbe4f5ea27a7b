"""What callers may see and write, by the access rules of the schema.

rights   the rules of one table for one caller, as conditions on rows and fields
fields   names of fields to paths, for whom may read them
"""
