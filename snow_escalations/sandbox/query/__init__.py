"""Encoded queries: text to terms (`parse`), terms to a typed tree (`bind`), the tree to SQL (`sql`) or a verdict.

parse    the grammar: `^`, `^OR`, `^NQ`, ORDERBY, field-operator-value; knows no table
bind     each term against the schema and the caller: fields, operands, zones; finds what is invalid
tree     the typed tree, whose tests can judge a value by themselves
sql      the tree as a WHERE and ORDER BY with bound parameters
match    the tree against one row in memory, for business rules and access rules
"""
