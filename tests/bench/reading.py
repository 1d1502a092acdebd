"""How soon a long conversation is seen, and how late the window runs while an answer streams.

Run by `make bench-reading`; prints one JSON object a line:
- opening: messages, first_paint_ms (from the call to the end of the first paint, median and worst of five), widgets
  that were made for it, jump_ms (to the beginning, worst);
- streaming: characters, seconds, beats, late_p99_ms and late_worst_ms of a 5 ms timer on the GUI thread while 200
  tokens a second come.
"""

import itertools
import json
import statistics
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop.engine.interface import Finished, TextAdded, Usage
from desktop.ui.conversation.message_model import MessageViewModel
from desktop.ui.conversation.view import ConversationView
from desktop.ui.widgets.appearance import Appearance
from tests.ui.heart import Heart

ICONS = Path(__file__).parents[2] / "assets" / "icons"
RUNS = 5
SIZES = (500, 2_000)
LENGTH, TOKENS_PER_S, TOKEN = 20_000, 200, 4

PAGE = """## What the figures say

The **revenue** grew by *twelve* percent; see `report.csv` and [the board](https://example.org/q3).

- Support answers in 4 hours, nights and weekends too
- Two new markets: **重点：**北方与西南

| Region | Revenue | Change |
|:-------|--------:|:------:|
| North | 1,200 | +12 % |
| South-West | 980 | −3 % |

```python
def late(orders: list[Order]) -> int:
    # count those that are late
    return sum(1 for one in orders if one.total > 100)
```

> Growth is a choice, and so is its price.

The area is $A = \\pi r^2$.

"""


def conversation(count: int) -> list[MessageViewModel]:
    """Make questions and answers of different lengths."""
    usage = Usage(900, 700, 210, 0.2, 95.0)
    messages: list[MessageViewModel] = []
    for number in range(count // 2):
        messages.append(
            MessageViewModel(2 * number, "user", f"Question {number}: what do the figures of week {number} say?")
        )
        text = f"Answer {number}.\n\n" + PAGE * (1 + number % 3)
        messages.append(MessageViewModel(2 * number + 1, "assistant", text, usage=usage, versions=1 + number % 2))
    return messages


def opening(count: int) -> dict[str, object]:
    """Open a conversation in a window that stands, several times."""
    messages, first, jump, made = conversation(count), [], [], 0
    for _ in range(RUNS):
        view = ConversationView()
        listen(view)
        view.resize(1000, 800)
        view.show()
        wait(0.05)
        began = time.perf_counter()
        view.show_messages(messages)
        view.repaint()
        first.append(1000 * (time.perf_counter() - began))
        made = sum(row.widget is not None for row in view.rows)
        wait(0.3)
        began = time.perf_counter()
        view.verticalScrollBar().setValue(0)
        view.repaint()
        jump.append(1000 * (time.perf_counter() - began))
        view.close()
        view.deleteLater()
        wait(0.05)
    return {
        "messages": count,
        "first_paint_ms": round(statistics.median(first), 1),
        "first_paint_worst_ms": round(max(first), 1),
        "widgets": made,
        "jump_ms": round(max(jump), 1),
    }


def streaming() -> dict[str, object]:
    """Stream a long answer at the end of a conversation, as fast as the engine could be."""
    view = ConversationView()
    listen(view)
    view.resize(1000, 800)
    view.show()
    view.show_messages(conversation(100))
    view.append([MessageViewModel("q", "user", "Write a book"), MessageViewModel("a", "assistant", status="pending")])
    wait(0.5)
    text = (PAGE * (LENGTH // len(PAGE) + 1))[:LENGTH]
    pieces = (text[start : start + TOKEN] for start in range(0, LENGTH, TOKEN))
    heart, began = Heart(), time.perf_counter()
    per_event = max(1, round(TOKENS_PER_S * 0.03))  # the worker merges what comes within 30 ms
    while group := list(itertools.islice(pieces, per_event)):
        view.take("a", TextAdded("".join(group)))
        wait(per_event / TOKENS_PER_S)
    view.take("a", Finished("done", Usage(9, 0, LENGTH // TOKEN, 0.1, 200.0)))
    wait(0.3)
    heart.stop()
    late = sorted(heart.late_s)
    return {
        "characters": LENGTH,
        "seconds": round(time.perf_counter() - began, 1),
        "beats": len(late),
        "late_p99_ms": round(1000 * late[len(late) * 99 // 100], 1),
        "late_worst_ms": round(1000 * late[-1], 1),
    }


def listen(view: ConversationView) -> None:
    """Have all tools shown, as in the window."""
    signals = (view.edit_requested, view.regenerate_requested, view.fork_requested, view.delete_requested)
    for signal in (*signals, view.export_requested, view.continue_requested, view.retry_requested):
        signal.connect(ignore)


def ignore(_message: object) -> None:
    """Do nothing with what the user wants."""


def wait(seconds: float) -> None:
    """Let the window live."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


def main() -> int:
    """Measure on whatever screen there is."""
    application = QApplication(sys.argv)
    appearance = Appearance(application, "light", ICONS, scale=1)
    for count in SIZES:
        print(json.dumps({"opening": opening(count)}))
    print(json.dumps({"streaming": streaming()}))
    del appearance
    return 0


if __name__ == "__main__":
    sys.exit(main())
