"""Mark of a sentence that claims an act: ``{% claim fact %}`` to ``endclaim``.

What stands in it is said only while its fact is on record among the facts given: an instant, a
name, a list of those concerned. With ``{% else %}`` the template says what is so instead. Without
one the sentence is left out and the log says so as an error, which fails every test. Source: D41.
"""

from __future__ import annotations

import logging

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

_LOGGER = logging.getLogger(__name__)


class ClaimTag(Extension):
    """The tag itself."""

    tags = {"claim"}  # noqa: RUF012 - jinja2 reads it so

    def parse(self, parser: Parser) -> nodes.Node:
        """Return the claim as a condition on its fact."""
        line = next(parser.stream).lineno
        fact = parser.parse_expression()
        said = parser.parse_statements(("name:else", "name:endclaim"))
        if next(parser.stream).value == "else":
            instead = parser.parse_statements(("name:endclaim",), drop_needle=True)
        else:
            missed = self.call_method(
                "unfounded", [nodes.Const(parser.name or ""), nodes.Const(line)]
            )
            instead = [nodes.Output([missed])]
        return nodes.If(fact, said, [], instead).set_lineno(line)

    def unfounded(self, template: str, line: int) -> str:
        """Say in the log that a claim was left out, and nothing to the reader."""
        _LOGGER.error("%s, line %s claims an act that is not on record: left out", template, line)
        return ""
