"""What a text says, read by cues: facts with the words that carry them, never verdicts.

words      a text as words with their offsets
deadlines  dates that a customer imposes
"""
