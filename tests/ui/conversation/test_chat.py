import pytest

from desktop.chat.answer_recorder import RecordRef
from desktop.engine.interface import Message
from desktop.history import StoredMessage
from desktop.history.records import StoredStatus
from desktop.ui.conversation import history_queries
from desktop.ui.conversation.chat import Chat, Turn, messages_of, turn_of
from desktop.ui.conversation.history_queries import NewTurns
from desktop.ui.history.link import HistoryLink


def stored(number: int, text: str, status: StoredStatus = "done") -> StoredMessage:
    return StoredMessage(
        id=number,
        uid=str(number),
        conversation=1,
        parent=None,
        role="assistant",
        text=text,
        status=status,
        usage=None,
        extra="",
        created=0,
        siblings=(number,),
    )


def chat(*turns: Turn) -> Chat:
    from desktop.history import History

    return Chat(1, HistoryLink(History.temporary), branch=list(turns))


def test_what_is_being_written_stays_the_same_turn() -> None:
    running = Turn("assistant", "more than is saved", "streaming", record=RecordRef(2))
    one = chat(Turn("user", "Hi", record=RecordRef(1)), running)
    one.take([stored(1, "Hi"), stored(2, "more", "streaming")])
    assert one.branch[1] is running
    assert one.branch[1].text == "more than is saved"


def test_what_could_not_be_saved_yet_stays_behind_what_was() -> None:
    question, answer = Turn("user", "Not saved"), Turn("assistant", "Neither")
    asked_since = Turn("assistant", status="pending", record=RecordRef(9))
    one = chat(Turn("user", "Hi", record=RecordRef(1)), question, answer, asked_since)
    one.take([stored(1, "Hi")])
    assert one.branch[1:] == [question, answer, asked_since]


def test_what_is_on_another_branch_goes() -> None:
    one = chat(Turn("user", "Hi", record=RecordRef(1)), Turn("assistant", "Other", record=RecordRef(2)))
    one.take([stored(1, "Hi"), stored(3, "This")])
    assert [turn.text for turn in one.branch] == ["Hi", "This"]


def test_an_answer_that_a_crash_left_open_was_interrupted() -> None:
    assert turn_of(stored(1, "half", "streaming")).status == "interrupted"
    assert turn_of(stored(1, "half", "streaming")).can_go_on


def test_an_answer_without_a_word_is_not_read_by_the_model() -> None:
    turns = [Turn("user", "Hi"), Turn("assistant", "", "failed"), Turn("user", "Again")]
    assert messages_of(turns) == (Message("user", "Hi"), Message("user", "Again"))


def test_turns_that_could_not_be_added_have_no_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop.history import History

    one = chat(Turn("user", "Hi"), Turn("assistant", status="pending"))
    work = NewTurns(one, begins=True, parent=None, turns=one.branch, unsent="")
    numbers = [one.record, *(turn.record for turn in one.branch)]
    with History.temporary() as history, history.connect() as store:
        with monkeypatch.context() as broken:
            broken.setattr(history_queries, "keep_shown", lambda *_: 1 // 0)
            with pytest.raises(ZeroDivisionError), store.database.transaction():
                work.add(store)
        assert [record.number for record in numbers] == [None, None, None]
        work.add(store)
        assert None not in [record.number for record in numbers]
