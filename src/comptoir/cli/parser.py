"""The parser of arguments, whose help and refusals are in French."""

import argparse
import re
from typing import NoReturn

from comptoir.cli.files import say

_REFUSALS = (
    (r"the following arguments are required: (.+)", "il manque : {}."),
    (r"unrecognized arguments: (.+)", "argument inconnu : {}."),
    (r"argument (\S+): expected one argument", "l'option {} attend une valeur."),
    (r"argument \S+: invalid choice: '(.*?)'.*", "la commande « {} » n'existe pas."),
    (r"ambiguous option: (\S+).*", "l'option {} est ambiguë."),
)


class _Help(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]  # as in argparse
        super().add_usage(usage, actions, groups, "Usage : " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    def __init__(self, **options: object):
        super().__init__(add_help=False, formatter_class=_Help, **options)  # type: ignore[arg-type]  # as in argparse
        self.arguments = self.add_argument_group("Arguments")
        self.choices = self.add_argument_group("Options")
        self.choices.add_argument("-h", "--help", action="help", help="montrer cette aide")

    def error(self, message: str) -> NoReturn:
        for pattern, sentence in _REFUSALS:
            if found := re.fullmatch(pattern, message, re.DOTALL):
                message = sentence.format(found[1])
                break
        say(f"{message} Voyez « {self.prog} --help ».")
        raise SystemExit(2)
