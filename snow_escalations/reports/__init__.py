"""The nightly report. Nothing is here yet but the room: figures, then HTML, Markdown, CSV, JSON, XLSX and e-mail."""
