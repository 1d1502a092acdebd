"""Messages to token ids: the model's chat template, run in a sandbox, then the tokenizer."""

import re
import threading
from collections.abc import Sequence
from pathlib import Path

from tokenizers import Tokenizer

from desktop.engine.budget import RenderingStopped
from desktop.engine.chat_template import ChatTemplate
from desktop.engine.decoder import Stopped
from desktop.engine.interface import TEMPLATE_FILE, TOKENIZER_FILE, Message, ModelFiles
from desktop.errors import BrokenModel
from desktop.reasons import ModelReason
from desktop.text.thoughts import with_closed_thought

_ENDING = 8  # tokens; a tag may be several
_MARK = re.compile("\ue0fe(\\d+)\ue0ff")  # private use: stands for the text of a special token in a message


class PromptBuilder:
    """Builds the prompt of a conversation.

    A message that contains the text of a special token, by accident or malice, does not get to write that token: such
    text is cut out before the template runs and tokenized as plain text. Several threads may use it at once.

    Attributes:
        tokenizer: the model's. Its `encode_special_tokens` belongs to this builder, which sets it for each text.
    """

    def __init__(self, files: ModelFiles) -> None:
        self.tokenizer = load_tokenizer(files.folder / TOKENIZER_FILE)
        self._encoding = threading.Lock()  # from setting how special tokens are read until a text is read so
        self._template = ChatTemplate(files.folder / TEMPLATE_FILE)
        self._bos, self._eos, self._add_bos = files.bos, files.eos, files.add_bos
        added = self.tokenizer.get_added_tokens_decoder().values()
        self._special = sorted({token.content for token in added} | {"\ue0fe"}, key=len, reverse=True)
        self._any_special = re.compile("|".join(re.escape(text) for text in self._special))

    def encode(
        self,
        messages: Sequence[Message],
        stop: threading.Event | None = None,
        *,
        thinking: bool | None = False,
    ) -> list[int]:
        """Give the prompt that asks for the next answer, or for the rest of the answer that the last message begins.

        `thinking` is that of `Sampling`; an answer that was begun is not thought about any more.

        Raises:
            BrokenModel: the chat template fails.
            Stopped: `stop` was set meanwhile.
        """
        begun = messages[-1].content if messages[-1].role == "assistant" else ""
        turns = messages[:-1] if begun else messages
        conversation = [{"role": turn.role, "content": self._mark(turn.content)} for turn in turns]
        stopped = stop.is_set if stop is not None else lambda: False
        try:
            text = self._template.render(
                conversation, bos=self._bos, eos=self._eos, stopped=stopped, thinking=thinking is True
            )
        except RenderingStopped as stopping:
            raise Stopped from stopping
        if self._add_bos and not text.startswith(self._bos):
            text = self._bos + text
        if begun or thinking is False:
            text = with_closed_thought(text)
        ids: list[int] = []
        for index, part in enumerate(_MARK.split(text)):
            plain = index % 2 == 1
            ids += self._encode(self._special[int(part)] if plain else part, plain=plain)
        return ids + self.encode_text(begun)

    def encode_text(self, text: str) -> list[int]:
        """Give the ids of plain text; special tokens in it are only text."""
        return self._encode(text.encode("utf-8", "replace").decode("utf-8"), plain=True)

    def ending(self, prompt: Sequence[int]) -> str:
        """Give what a prompt ends with: the text of its last few tokens."""
        return str(self.tokenizer.decode(list(prompt[-_ENDING:]), skip_special_tokens=False))

    def _encode(self, text: str, *, plain: bool) -> list[int]:
        with self._encoding:
            self.tokenizer.encode_special_tokens = plain
            ids: list[int] = self.tokenizer.encode(text, add_special_tokens=False).ids
        return ids

    def _mark(self, content: str) -> str:
        content = content.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair is no character
        return self._any_special.sub(lambda found: f"\ue0fe{self._special.index(found[0])}\ue0ff", content)


def load_tokenizer(path: Path) -> Tokenizer:
    """Read a `tokenizer.json`.

    Raises:
        BrokenModel: it is missing or no tokenizer.
    """
    try:
        return Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises plain Exception
        reason = ModelReason.MISSING() if not path.exists() else ModelReason.NO_TOKENIZER()
        raise BrokenModel(path, reason) from error
