"""Which model is advised for a language."""

from desktop.chat.model_advice import WritingModel, advice

ENGLISH = WritingModel("small", "Small", ("en",), in_use=True)
BOTH = WritingModel("large", "Large", ("en", "zh"), in_use=False)
SILENT = WritingModel("own", "Own", (), in_use=True)


def test_a_language_that_the_model_writes_needs_no_advice() -> None:
    assert advice([ENGLISH, BOTH], "en") is None


def test_the_models_that_write_it_are_named() -> None:
    given = advice([ENGLISH, BOTH], "zh")
    assert given is not None
    assert (given.writer, given.able) == (ENGLISH, (BOTH,))
    alone = advice([ENGLISH], "zh")
    assert alone is not None
    assert alone.able == ()


def test_nothing_is_said_where_nobody_knows() -> None:
    assert advice([SILENT, BOTH], "zh") is None
    assert advice([], "zh") is None
    assert advice([ENGLISH, BOTH], "other") is None
    assert advice([ENGLISH, BOTH], "") is None
