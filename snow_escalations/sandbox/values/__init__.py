"""Stored values to the forms in which the Table API shows them.

hashmap     the order of keys in answers
java_dates  dates and times by Java's pattern letters
durations   lengths of time in words
display     what a value shows
render      rows of a table in one of the three modes of sysparm_display_value
"""
