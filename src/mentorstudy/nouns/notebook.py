"""Notebook: texts and tables as a notebook shows them, nothing in them taken for markup."""

import html
from collections.abc import Iterable, Sequence

AS_TEXT = "margin: 0; white-space: pre-wrap; text-align: left"


def as_text(text: str) -> str:
    """A text with its line breaks, of which nothing is markup."""
    return f'<pre style="{AS_TEXT}">{html.escape(text)}</pre>'


def as_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows of texts under their headers."""
    heads = "".join(f"<th>{as_text(cell)}</th>" for cell in head)
    body = "".join(f"<tr>{''.join(f'<td>{as_text(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def as_list(texts: Sequence[str]) -> str:
    """Texts one below another; nothing where there are none."""
    return f"<ul>{''.join(f'<li>{as_text(text)}</li>' for text in texts)}</ul>" if texts else ""
