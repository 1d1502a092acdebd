"""The pool of caches on tiny models: any script of edits, branches and switches gives the logits of a cold run."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.engine.decoder import Decoder
from desktop.engine.interface import ModelFiles
from desktop.engine.ort_session import choose_device, open_session
from desktop.engine.pool import CachePool
from desktop.models.products import Precision
from tests.tiny_folder import convert_tiny, optimum_files
from tests.tiny_gguf import TinyModel


@pytest.fixture(scope="module", params=["int8", "shared", "grown"])
def files(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ModelFiles:
    if request.param == "grown":
        return optimum_files()
    precision: Precision = "int8" if request.param == "int8" else "fp32"
    return convert_tiny(tmp_path_factory.mktemp("tiny"), TinyModel("llama", seed=15), precision)


@pytest.fixture(scope="module")
def cold(files: ModelFiles) -> Decoder:
    return Decoder(open_session(files, choose_device("cpu", 1, files, []))[0], files)


def new_pool(files: ModelFiles, cold: Decoder, budget_mib: int = 64) -> CachePool:
    return CachePool(lambda: Decoder(cold._session, files), budget_mib)


tokens = st.lists(st.integers(3, 300), min_size=1, max_size=70)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(script=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 150), tokens), min_size=1, max_size=8))
def test_any_script_of_edits_and_switches_gives_the_logits_of_a_cold_run(
    files: ModelFiles, cold: Decoder, script: list[tuple[int, int, list[int]]]
) -> None:
    pool = new_pool(files, cold)
    prompts: list[list[int]] = [[5, 6, 7]]
    for which, kept, new in script:
        prompt = (prompts[which % len(prompts)][:kept] + new)[-200:]
        with pool.borrowed(prompt) as (decoder, reused):
            found = decoder.read(prompt[reused:])
            assert decoder.tokens == prompt
            written = [int(row.argmax()) for row in decoder.verify([int(found.argmax()), 5, 6])]
        prompts += [prompt, [*prompt, int(found.argmax()), 5, 6, *written]]
        cold.rewind([])
        afresh = cold.read(prompt)
        if files.precision == "int8":
            np.testing.assert_array_equal(found, afresh)  # the same run by run, to the last bit
        else:
            np.testing.assert_allclose(found, afresh, atol=1e-4)


def read(pool: CachePool, prompt: list[int]) -> int:
    with pool.borrowed(prompt) as (decoder, reused):
        decoder.read(prompt[reused:])
        return reused


FIRST, SECOND = list(range(3, 103)), list(range(200, 300))


def test_switching_between_conversations_reads_nothing_again(files: ModelFiles, cold: Decoder) -> None:
    pool = new_pool(files, cold)
    assert [read(pool, prompt) for prompt in (FIRST, SECOND, FIRST, SECOND)] == [0, 0, 99, 99]


def test_an_edit_far_back_keeps_both_branches(files: ModelFiles, cold: Decoder) -> None:
    pool = new_pool(files, cold)
    edited = FIRST[:40] + SECOND
    assert [read(pool, prompt) for prompt in (FIRST, edited, FIRST, edited)] == [0, 40, 99, 139]


def test_a_short_end_is_read_again_rather_than_kept(files: ModelFiles, cold: Decoder) -> None:
    pool = new_pool(files, cold)
    read(pool, FIRST)
    assert read(pool, [*FIRST[:90], 250]) == 90
    assert len(pool.held) == 1


def test_the_conversation_unused_for_longest_goes_first(files: ModelFiles, cold: Decoder) -> None:
    room_for_two = new_pool(files, cold)
    read(room_for_two, FIRST)
    read(room_for_two, SECOND)
    room_for_two._budget = room_for_two.nbytes
    read(room_for_two, FIRST)
    read(room_for_two, [*range(150, 250)])
    assert [held[0] for held in room_for_two.held] == [3, 150]
    assert room_for_two.nbytes <= room_for_two._budget


def test_a_cache_in_use_is_not_lent_twice(files: ModelFiles, cold: Decoder) -> None:
    pool = new_pool(files, cold)
    read(pool, FIRST)
    with pool.borrowed(FIRST) as (one, _), pool.borrowed(FIRST) as (other, reused):
        assert one is not other
        assert reused == 0
    assert len(pool.held) == 2
