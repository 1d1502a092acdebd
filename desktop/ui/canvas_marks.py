"""How Markdown looks while it is written: what is bold is bold, and its marks stand back."""

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat

from desktop.ui import theme


class Marks(QSyntaxHighlighter):
    """Shows **bold** bold, and marks of lists in the quiet colour."""

    def highlightBlock(self, text: str) -> None:
        """Mark one line."""
        quiet = QTextCharFormat()
        quiet.setForeground(theme.colour(theme.FAINT))
        if text.startswith(("- ", "* ", "> ")):
            self.setFormat(0, 1, quiet)
        bold = QTextCharFormat()
        bold.setFontWeight(QFont.Weight.DemiBold)
        start = text.find("**")
        while start >= 0 and (end := text.find("**", start + 2)) >= 0:
            self.setFormat(start, end + 2 - start, bold)
            self.setFormat(start, 2, quiet)
            self.setFormat(end, 2, quiet)
            start = text.find("**", end + 2)
