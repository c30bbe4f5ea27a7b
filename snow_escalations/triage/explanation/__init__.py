"""An explanation for its readers: a terminal, a document, a program, and the customer."""

from snow_escalations.triage.explanation.customer import LANGUAGES, for_customer
from snow_escalations.triage.explanation.markdown import escaped, explanation_markdown
from snow_escalations.triage.explanation.text import clause_words, explanation_lines

__all__ = ["LANGUAGES", "clause_words", "escaped", "explanation_lines", "explanation_markdown", "for_customer"]
