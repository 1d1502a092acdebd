"""The message tree against a plain model: whatever is done in whatever order, both read the same."""

from dataclasses import dataclass, field

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, precondition, rule

from desktop.history import History
from desktop.text.folding import fold


@dataclass
class Node:
    text: str
    parent: int | None
    chat: int
    deleted: bool = False
    active: int | None = None
    children: list[int] = field(default_factory=list)


class Tree(RuleBasedStateMachine):
    """Two conversations and everything that can be done to their messages."""

    def __init__(self) -> None:
        super().__init__()
        self.history = History.temporary()
        self.store = self.history.connect()
        self.nodes: dict[int, Node] = {}
        self.roots: dict[int, list[int]] = {}
        self.active: dict[int, int | None] = {}
        for _ in range(2):
            chat = self.store.conversations.create().id
            self.roots[chat], self.active[chat] = [], None

    messages: Bundle[int] = Bundle("messages")
    running: Bundle[int] = Bundle("running")

    def teardown(self) -> None:
        self.store.close()
        self.history.close()

    def put(self, chat: int, parent: int | None, text: str, number: int) -> int:
        self.nodes[number] = Node(text, parent, chat)
        (self.nodes[parent].children if parent is not None else self.roots[chat]).append(number)
        self.point(number)
        return number

    def point(self, number: int) -> None:
        node = self.nodes[number]
        if node.parent is None:
            self.active[node.chat] = number
        else:
            self.nodes[node.parent].active = number

    def alive(self, numbers: list[int]) -> list[int]:
        return [number for number in numbers if not self.nodes[number].deleted]

    def path(self, chat: int) -> list[int]:
        found, active, below = list[int](), self.active[chat], self.alive(self.roots[chat])
        while below:
            number = active if active in below else below[-1]
            assert number is not None
            found.append(number)
            active, below = self.nodes[number].active, self.alive(self.nodes[number].children)
        return found

    def reachable(self, chat: int) -> list[int]:
        found, level = list[int](), self.alive(self.roots[chat])
        while level:
            found += level
            level = [child for number in level for child in self.alive(self.nodes[number].children)]
        return found

    @rule(target=messages, which=st.integers(0, 1), text=st.text(max_size=5))
    def first(self, which: int, text: str) -> int:
        chat = list(self.roots)[which]
        return self.put(chat, None, text, self.store.messages.add(chat, "user", text).id)

    @rule(target=messages, above=messages, text=st.text(max_size=5))
    def answer(self, above: int, text: str) -> int:
        chat = self.nodes[above].chat
        return self.put(chat, above, text, self.store.messages.add(chat, "assistant", text, parent=above).id)

    @rule(target=running, above=messages)
    def begin(self, above: int) -> int:
        chat = self.nodes[above].chat
        number = self.store.messages.add(chat, "assistant", parent=above, status="pending").id
        return self.put(chat, above, "", number)

    @rule(number=running, text=st.text(max_size=5))
    def stream(self, number: int, text: str) -> None:
        self.store.messages.append(number, text)
        self.nodes[number].text += text

    @rule(target=messages, number=consumes(running), status=st.sampled_from(["done", "length", "stopped", "failed"]))
    def finish(self, number: int, status: str) -> int:
        assert self.store.messages.finish(number, status).status == status  # type: ignore[arg-type]
        return number

    @rule(number=messages, text=st.text(max_size=5))
    def carry_on(self, number: int, text: str) -> None:
        self.store.messages.append(number, text)
        self.store.messages.finish(number, "done")
        self.nodes[number].text += text

    @rule(number=messages)
    def choose(self, number: int) -> None:
        self.store.messages.choose(number)
        at: int | None = number
        while at is not None:
            self.point(at)
            at = self.nodes[at].parent

    @rule(number=messages)
    def delete(self, number: int) -> None:
        self.store.messages.delete(number)
        self.nodes[number].deleted = True

    @rule(number=messages)
    def restore(self, number: int) -> None:
        self.store.messages.restore(number)
        self.nodes[number].deleted = False

    @rule(number=messages, text=st.text(max_size=5))
    def correct(self, number: int, text: str) -> None:
        self.store.messages.set_text(number, text)
        self.nodes[number].text = text

    @rule(number=messages)
    def fork(self, number: int) -> None:
        chat = self.store.messages.fork(number)
        at: int | None = number
        texts = []
        while at is not None:
            texts.append(self.nodes[at].text)
            at = self.nodes[at].parent
        assert [message.text for message in self.store.messages.branch(chat)] == texts[::-1]
        self.store.conversations.delete(chat)

    @precondition(lambda self: self.nodes)
    @invariant()
    def both_read_the_same(self) -> None:
        for chat in self.roots:
            path = self.path(chat)
            branch = self.store.messages.branch(chat)
            assert [(m.id, m.text) for m in branch] == [(number, self.nodes[number].text) for number in path]
            for message in branch:
                node = self.nodes[message.id]
                siblings = self.nodes[node.parent].children if node.parent is not None else self.roots[chat]
                assert list(message.siblings) == self.alive(siblings)
            reachable = self.reachable(chat)
            assert [m.id for m in self.store.messages.tree(chat)] == reachable
            for term in {self.nodes[number].text[:2] for number in reachable}:
                if fold(term).strip():
                    hits = {hit.owner for hit in self.store.search(term, limit=1000) if hit.place == "message"}
                    assert {n for n in reachable if self.nodes[n].text.startswith(term)} <= hits
                    assert {n for n in hits if n in self.nodes and self.nodes[n].chat == chat} <= set(reachable)


TestTree = Tree.TestCase
TestTree.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
