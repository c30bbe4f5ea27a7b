"""The tables of the sandbox: what they are (`model`, `types`), and how the YAML files that define them are read.

documents   the shape of a schema file
resolve     files merged and resolved to tables, all problems at once
check       conditions in rules and access grants are valid queries
load        shipped files and `--schema` files to one `Schema`
tables/     the shipped files, one a family
"""
