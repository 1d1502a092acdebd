"""How quick the history is with 100,000 messages in 5,000 conversations: `make bench-history`.

Prints one JSON object; times in milliseconds, medians, `worst` the longest. `--folder` keeps the generated home.
"""

import argparse
import functools
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from desktop.history import History, HistoryWriter, Store
from desktop.history.exchange import ForeignConversation, ForeignFile, ForeignMessage, save
from desktop.history.exchange.saving import save_conversation

KEY = bytes(range(32))
LONG = 2000  # messages of the longest conversation
CHINESE = (
    "这是一个关于下周销售团队工作计划的例子我们需要在周一之前完成报告并且发送给所有的同事会议将在星期三下午举行"
    "请大家提前准备好材料重点讨论预算和时间安排如果有任何问题可以随时联系项目负责人砚台笔墨纸"
)
RARE = ("hippopotamus", "饕餮", "ß∂", "c#")  # in a few messages only


def words() -> list[str]:
    """A vocabulary with the frequencies of language: the texts of the benchmarks."""
    found: list[str] = []
    for path in sorted((Path(__file__).parent / "texts").glob("*")):
        found += path.read_text(encoding="utf-8").split()
    return found


def paragraph(chance: random.Random, vocabulary: list[str], length: int) -> str:
    """Write about `length` characters, English or Chinese."""
    if chance.random() < 0.4:
        start = chance.randrange(len(CHINESE))
        text = (CHINESE * (length // len(CHINESE) + 2))[start : start + length]
        letters = list(text)
        for at in range(0, len(letters), 17):
            letters[at] = chr(0x4E00 + int(chance.paretovariate(0.6)) % 6000)
        return "".join(letters)
    start = chance.randrange(len(vocabulary))
    return " ".join((vocabulary * 2)[start : start + max(length // 6, 3)])


def generate(messages: int, conversations: int, seed: int = 1) -> ForeignFile:
    """Make a history of years: mostly short conversations, one long one, some regenerated answers."""
    chance, vocabulary = random.Random(seed), words()
    lengths = [LONG] + [2] * (conversations - 1)
    for _ in range(messages - sum(lengths)):
        lengths[1 + int(chance.paretovariate(0.8) * 7) % (conversations - 1)] += 1
    chats, now = [], 1_500_000_000_000
    for number, length in enumerate(lengths):
        now += 20_000_000
        found: list[ForeignMessage] = []
        parent = None
        for at in range(length):
            user = at % 2 == 0
            text = paragraph(chance, vocabulary, chance.choice((40, 120, 300)) if user else chance.choice((300, 900)))
            if chance.random() < 0.0005:
                text += " " + chance.choice(RARE)
            found.append(
                ForeignMessage(str(at), parent, "user" if user else "assistant", text, now + at * 1000, usage="")
            )
            if user or chance.random() > 0.05:
                parent = str(at)
        title = paragraph(chance, vocabulary, 30)
        folder = chance.choice(("", "", "", "Work", "学校"))
        chats.append(ForeignConversation(f"b{number}", title, now, now + length * 1000, tuple(found), folder=folder))
    chance.shuffle(chats)
    return ForeignFile(conversations=chats)


def timed(work: Callable[[], object], times: int = 15) -> dict[str, float]:
    """Time some work."""
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begin) * 1000)
    return {"median": round(statistics.median(taken), 2), "worst": round(max(taken), 2)}


def longest(store: Store) -> int:
    """Give the conversation with the most messages."""
    row = store.database.one("SELECT conversation FROM messages GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")
    return int(row[0]) if row else 0


def queries() -> dict[str, str]:
    """Give searches by what makes them hard."""
    return {
        "one rare word": "hippopotamus",
        "one common word": "that",
        "the commonest letters": "the",
        "two words": "model the",
        "one letter": "t",
        "one Chinese character": "重",
        "one rare Chinese character": "饕",
        "two Chinese characters": "重点",
        "two rare Chinese characters": "饕餮",
        "three Chinese characters": "下周销",
        "a Chinese sentence": "如果有任何问题可以随时联系项目负责人",
        "both languages": "重点 the",
        "nothing": "zzzqqq",
        "with punctuation": "c#",
        "a word and a letter": "the t",
        "long and common, in no order": "report that which 重点",
    }


def measure(folder: Path) -> dict[str, object]:
    """Measure an existing home."""
    found: dict[str, object] = {}

    def opened() -> None:
        history = History.open(folder, KEY)
        store = history.connect()
        store.conversations.page(limit=100)
        store.close()
        history.close()

    found["open and first page"] = timed(opened)
    history = History.open(folder, KEY)
    store = history.connect()
    long = longest(store)
    found["page of 100"] = timed(lambda: store.conversations.page(limit=100, offset=2000))
    found["all 5,000 of the sidebar"] = timed(lambda: store.conversations.page(limit=-1))
    found["conversation of 2,000"] = timed(lambda: store.messages.branch(long))
    found["search"] = {name: timed(functools.partial(store.search, query)) for name, query in queries().items()}
    found["hits"] = {name: len(store.search(query, limit=1000)) for name, query in queries().items()}
    writer = HistoryWriter(history)
    answer = writer.change(lambda s: s.messages.add(long, "assistant", status="pending")).result().id
    found["a token, on the caller's thread"] = timed(lambda: writer.append(answer, "token "), 2000)
    found["append, with the disk"] = timed(lambda: store.messages.append(answer, "token " * 20), 200)
    writer.finish(answer, "done")
    writer.close()
    store.close()
    history.close()
    found["file_mib"] = round((folder / "history.db").stat().st_size / 2**20, 1)
    return found


def main() -> None:
    """Generate a home where there is none yet, and measure it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--conversations", type=int, default=5_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        found: dict[str, object] = {}
        if not (folder / "history.db").exists():
            file = generate(arguments.messages, arguments.conversations)
            history = History.open(folder, KEY)
            store = history.connect()
            begin = time.perf_counter()
            fill(store, file)
            found["messages per second, imported"] = round(arguments.messages / (time.perf_counter() - begin))
            store.close()
            history.close()
        print(json.dumps(found | measure(folder), ensure_ascii=False, indent=1))


def fill(store: Store, file: ForeignFile) -> None:
    """Save a generated history, a hundred conversations in a transaction."""
    chats = list(file.conversations)
    for at in range(0, len(chats), 100):
        with store.database.transaction():
            for chat in chats[at : at + 100]:
                save_conversation(store, chat)
    save(store, ForeignFile())


if __name__ == "__main__":
    main()
