"""Who the texts are by: what a letter is signed with, where the request does not say it."""

from dataclasses import dataclass

GAP = "＿＿＿＿"  # where a name belongs and none is known; unlike ____ it draws no line in Markdown


@dataclass(frozen=True, slots=True)
class Author:
    """What the user told of himself; "" where he did not.

    Attributes:
        name: as it stands below a letter.
        firm: for whom he writes.
        signature: several lines perhaps, in the place of the name.
        tone: that he likes where a request wishes none, in his own words.
    """

    name: str = ""
    firm: str = ""
    signature: str = ""
    tone: str = ""

    @property
    def known(self) -> str:
        """All that a text may say of him."""
        return "\n".join(filter(None, (self.name, self.firm, self.signature)))

    @property
    def signed(self) -> str:
        """What stands below a letter of his; "" where he told nothing."""
        return self.signature.strip() or "\n".join(filter(None, (self.name.strip(), self.firm.strip())))
