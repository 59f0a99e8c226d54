"""Made-up people, for archives as the systems make them."""

from __future__ import annotations

import random
from dataclasses import dataclass

_FIRST = (
    "Ada José Zoë Łukasz Åsa İpek Đorđe Nguyễn Anaïs Jean-Luc Siân O’Neil Mary-Jane Søren Chloé "
    "Björk Ines Omar Priya Fatima Kwame Yuki Noor Ravi Elif Mateus"
).split()
_LAST = (
    "Lovelace García Müller-Meier Dvořák Nguyễn Øster d’Arc Þórsdóttir Ibn-Sina Okafor Silva "
    "Kowalczyk Özdemir Petrović Håkansson Ferreira Johansson Haddad"
).split()
_WHOLE = ("王伟", "李娜", "张敏", "欧阳 娜娜", "田中 さくら", "김민준", "علی رضایی", "Иван Петров")


@dataclass(frozen=True)
class MadeUpPerson:
    """Somebody who does not exist.

    Attributes:
        student_id: the name of the submission's folder.
        first_name, last_name: the parts of the name; the first may be empty.
        user: the name in the system.
        number: the number in the system.
        email: an address that leads nowhere.
    """

    student_id: str
    first_name: str
    last_name: str
    user: str
    number: int
    email: str

    @property
    def name(self) -> str:
        """The full name."""
        return f"{self.first_name} {self.last_name}".strip()


def made_up_people(student_ids: list[str], seed: int = 1) -> list[MadeUpPerson]:
    """Names with accents, hyphens, apostrophes and in other scripts, some of them twice.

    Parameters:
        student_ids: for whom.
        seed: the same seed gives the same people.
    """
    chance = random.Random(f"people {seed}")
    people = []
    for place, student_id in enumerate(student_ids):
        if place % 5 == 4:
            first, _blank, last = chance.choice(_WHOLE).rpartition(" ")
        else:
            first, last = chance.choice(_FIRST), chance.choice(_LAST)
        people.append(
            MadeUpPerson(
                student_id,
                first,
                last,
                f"{student_id}_{place}" if place % 7 == 3 else f"{student_id}{place}",
                10_000 + 7 * place,
                f"{student_id}@example.org",
            )
        )
    return people
