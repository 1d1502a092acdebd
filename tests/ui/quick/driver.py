"""The real application with a scripted engine; `python -m tests.ui.quick.driver [QUICK]`. Tells what happens."""

import re
import sys
import threading
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.engine.interface import Event, Finished, Message, Sampling, TextAdded, Usage
from desktop.paths import AppPaths, app_paths
from desktop.settings import Settings
from desktop.ui import application
from desktop.ui.models.chat_worker import ChatWorker
from desktop.ui.quick.quick_prompt import QuickPrompt
from desktop.ui.window.main_window import MainWindow
from tests.scripted_engine import ScriptedEngine


class Corrector(ScriptedEngine):
    """Writes the sentence that it is asked about, with “dont” corrected."""

    def stream(self, messages: Sequence[Message], options: Sampling, stop: threading.Event) -> Iterator[Event]:
        answer = (
            re.split(": |：", messages[-1].content, maxsplit=1)[1].replace("dont", "doesn't").replace("我门", "我们")
        )
        for letter in answer:
            yield TextAdded(letter)
        yield Finished("done", Usage(1, 0, len(answer), 0.1, 1.0))


def tell(line: str) -> None:
    print(line, flush=True)


def main() -> int:
    make = application.make_quick

    def make_and_narrate(paths: AppPaths, worker: ChatWorker, window: MainWindow) -> QuickPrompt:
        prompt = make(paths, worker, window)
        renew = prompt._make_card

        def narrated(actions):  # type: ignore[no-untyped-def]  # as the method
            card = renew(actions)
            shown, finish, copied = card.open, card.finish, card.say_copied

            def open_and_tell(text, program="", **more):  # type: ignore[no-untyped-def]
                shown(text, program, **more)
                windows = sum(one.objectName() == "quick" and one.isVisible() for one in QApplication.topLevelWidgets())
                threads = threading.active_count()
                tell(f"open {text!r} {program} {windows} {threads}")

            def finish_and_tell(outcome):  # type: ignore[no-untyped-def]
                finish(outcome)
                tell(f"finished {outcome.result!r}")

            def copied_and_tell(sentence):  # type: ignore[no-untyped-def]
                copied(sentence)
                tell(f"copied {sentence}")

            told = {"open": open_and_tell, "finish": finish_and_tell, "say_copied": copied_and_tell}
            for name, method in told.items():
                setattr(card, name, method)
            card.dismissed.connect(lambda: tell("dismissed"))
            return card

        setattr(prompt, "_make_card", narrated)  # noqa: B010 - mypy knows it as a method
        prompt.ended.connect(lambda: tell("ended"))
        QTimer.singleShot(0, lambda: tell("ready"))  # the keys are bound by then; the model may be loaded long since
        return prompt

    application.make_quick = make_and_narrate
    paths = app_paths()
    quick = sys.argv[1] if len(sys.argv) > 1 else None
    settings = Settings(theme="light", language="en", welcomed=True)
    beginning = application.Beginning(quick)
    return application.run_window(paths, settings, lambda _settings: Corrector(), beginning)


if __name__ == "__main__":
    sys.exit(main())
