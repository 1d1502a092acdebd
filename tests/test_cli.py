"""The command line: every command does its work on a tiny model, and bad input gets one sentence and exit code 2."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.cli import main
from tests.tiny_folder import TINY_OPTIMUM
from tests.tiny_gguf import TinyModel, write_tiny_gguf

MODEL = ("--model", "tiny-optimum")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with one small, prepared model."""
    shutil.copytree(TINY_OPTIMUM, tmp_path / "home" / "models" / "tiny-optimum")
    return tmp_path / "home"


def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str | Path
) -> tuple[int, str, str]:
    """Run a command in this process; gives its exit code and what it wrote."""
    monkeypatch.setattr(sys, "argv", ["inkstone", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    written = capsys.readouterr()
    return int(ended.value.code or 0), written.out, written.err


def start(*arguments: str | Path, stdin: bytes | None = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own, without a display; a stdin of None is the null device."""
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    inherited = {key: value for key, value in os.environ.items() if key not in hidden}
    command = [sys.executable, "-m", "desktop", *map(str, arguments)]
    environment = {**inherited, **environment}
    if stdin is None:
        return subprocess.run(
            command, capture_output=True, timeout=60, env=environment, check=False, stdin=subprocess.DEVNULL
        )
    return subprocess.run(command, capture_output=True, timeout=60, env=environment, check=False, input=stdin)


def test_a_prompt_is_answered_as_json(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    options = ("--json", "--max-tokens", "12", "--temperature", "0", "--seed", "1", "--threads", "1")
    code, out, err = run(capsys, monkeypatch, "chat", "Please write", *MODEL, *options, "--home", home)
    answer = json.loads(out)
    assert (code, err) == (0, "(Cut: the answer reached its length limit.)\n")
    assert (answer["new_tokens"], answer["finish"]) == (12, "length")


def test_home_and_offline_may_stand_before_the_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    before = run(capsys, monkeypatch, "--home", home, "models", "list", "--json")
    after = run(capsys, monkeypatch, "models", "list", "--json", "--home", home)
    assert before == after
    tiers = {"smollm2-135m-instruct", "qwen2.5-coder-0.5b-instruct", "qwen2.5-coder-1.5b-instruct"}
    assert {json.loads(line)["id"] for line in before[1].splitlines()} == {*tiers, "tiny-optimum"}


def test_models_are_listed_verified_and_prepared(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    assert "tiny-optimum" in run(capsys, monkeypatch, "models", "list", "--home", home)[1]
    assert "all 3 files" in run(capsys, monkeypatch, "models", "verify", "tiny-optimum", "--home", home)[1]
    prepared = run(capsys, monkeypatch, "models", "prepare", "tiny-optimum", "--home", home)
    assert prepared == (0, f"{home / 'models' / 'tiny-optimum'}\n", "")


def test_a_gguf_is_imported_and_answers(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path, tmp_path: Path
) -> None:
    file = write_tiny_gguf(tmp_path / "mine.gguf", TinyModel("qwen2", quantization="Q8_0", pre="qwen2"))
    assert run(capsys, monkeypatch, "models", "import", file, "--home", home)[0] == 0
    code, out, _ = run(
        capsys, monkeypatch, "chat", "hi", "--model", "mine", "--max-tokens", "3", "--json", "--home", home
    )
    assert (code, json.loads(out)["prompt_tokens"] > 3) == (0, True)


def test_bench_prints_every_documented_number(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    sizes = ("--prompt-tokens", "20", "--new-tokens", "5", "--threads", "1")
    code, out, _ = run(capsys, monkeypatch, "bench", "--json", *MODEL, *sizes, "--home", home)
    keys = "prefill_tokens_per_s decode_tokens_per_s first_token_s load_s peak_mib model device threads"
    assert code == 0
    assert set(keys.split()) <= set(json.loads(out))


def test_doctor_ends_with_1_when_the_model_is_not_there(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    settings = home / "settings.toml"
    settings.write_text('model = "tiny-optimum"\n', encoding="utf-8")
    code, out, _ = run(capsys, monkeypatch, "doctor", "--json", "--home", home)
    found = json.loads(out)
    assert found["findings"]["model"]["ok"]
    assert code == (0 if found["ok"] else 1)
    settings.write_text('model = "none-such"\n', encoding="utf-8")
    code, out, _ = run(capsys, monkeypatch, "doctor", "--home", home)
    assert code == 1
    assert "none-such" in out


BAD_INPUT = {
    "an unknown model": (("chat", "hi", "--model", "nope"), "There is no model “nope”"),
    "an empty prompt": (("chat", " ", *MODEL), "The prompt is empty"),
    "a prompt longer than the context": (("chat", "zq " * 400, *MODEL), "the model takes at most 255"),
    "a benchmark longer than the context": (("bench", "--prompt-tokens", "300", *MODEL), "takes at most 256"),
    "an unknown model to verify": (("models", "verify", "nope"), "There is no model “nope”"),
    "an unknown model to prepare": (("models", "prepare", "nope"), "There is no model “nope”"),
    "a model that is not prepared": (("chat", "hi", "--model", "empty"), "inkstone models prepare empty"),
    "an unknown command": (("sing",), "No such command 'sing'"),
    "an unknown option": (("chat", "--sing"), "No such option"),
    "a number that is none": (("bench", "--threads", "two"), "'--threads'"),
    "a number out of range": (("chat", "hi", "--temperature", "-1"), "'--temperature'"),
    "a file to import that is not there": (("models", "import", "nowhere.gguf"), "nowhere.gguf"),
}


@pytest.mark.parametrize("case", BAD_INPUT)
def test_bad_input_gets_one_sentence_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path, case: str
) -> None:
    arguments, sentence = BAD_INPUT[case]
    empty = home / "models" / "empty"
    empty.mkdir()
    manifest = (TINY_OPTIMUM / "manifest.toml").read_text(encoding="utf-8")
    (empty / "manifest.toml").write_text(manifest.replace('id = "tiny-optimum"', 'id = "empty"'), encoding="utf-8")
    code, out, err = run(capsys, monkeypatch, "--home", home, *arguments)
    assert (code, out) == (2, "")
    assert sentence in err
    assert len(err.splitlines()) == 1


DAMAGE: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "a corrupt graph": ("model.onnx", lambda content: content[:1000] + bytes(len(content) - 1000)),
    "a wrong tokenizer": ("tokenizer.json", lambda content: b"{" + b" " * (len(content) - 2) + b"}"),
    "a file that is cut off": ("model.onnx", lambda content: content[:-1]),
    "a template that fails": ("chat_template.jinja", lambda content: b"{{ 1/0 }}".ljust(len(content))),
}


@pytest.mark.parametrize("case", DAMAGE)
def test_a_damaged_model_gets_one_sentence_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path, case: str
) -> None:
    name, damage = DAMAGE[case]
    path = home / "models" / "tiny-optimum" / name
    path.write_bytes(damage(path.read_bytes()))
    for arguments in (("chat", "hi", *MODEL), ("models", "verify", "tiny-optimum")):
        code, out, err = run(capsys, monkeypatch, "--home", home, *arguments)
        assert (code, out) == (2, "")
        assert name in err.splitlines()[-1]
        assert "Traceback" not in err


def test_a_truncated_gguf_gets_one_sentence_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path, tmp_path: Path
) -> None:
    file = write_tiny_gguf(tmp_path / "cut.gguf", TinyModel())
    file.write_bytes(file.read_bytes()[:-100])
    code, _, err = run(capsys, monkeypatch, "models", "import", file, "--home", home)
    assert code == 2
    assert "it is not a whole GGUF file" in err.splitlines()[-1]


def test_without_a_display_it_says_so_and_chats_in_the_terminal(home: Path) -> None:
    (home / "settings.toml").write_text('model = "tiny-optimum"\nthreads = 1\n', encoding="utf-8")
    ended = start("--home", home, stdin=None)
    assert ended.returncode == 0
    assert ended.stderr.startswith(b"There is no display here, so the chat opens in the terminal")


def test_a_display_that_does_not_answer_is_none(home: Path) -> None:
    (home / "settings.toml").write_text('model = "tiny-optimum"\nthreads = 1\n', encoding="utf-8")
    ended = start("--home", home, stdin=None, DISPLAY=":987")
    assert (ended.returncode, ended.stderr.startswith(b"There is no display here")) == (0, True)


def test_a_piped_prompt_is_answered_and_nothing_else_is_printed(home: Path) -> None:
    (home / "settings.toml").write_text('model = "tiny-optimum"\nthreads = 1\n', encoding="utf-8")
    for command in ((), ("chat", "--max-tokens", "200", "--temperature", "0")):
        ended = start(*command, "--home", home, stdin="Please write a letter, 砚.\n".encode())
        assert ended.returncode == 0
        assert ended.stdout.strip()
        assert b"no display" not in ended.stderr


def test_a_piped_prompt_that_is_empty_or_no_text_is_refused(home: Path) -> None:
    for stdin, sentence in ((b"", b"empty"), (b" \n", b"empty"), (b"\xff\xfe", b"not UTF-8")):
        ended = start("chat", *MODEL, "--home", home, stdin=stdin)
        assert (ended.returncode, sentence in ended.stderr) == (2, True)
        assert ended.stderr.count(b"\n") == 1


def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    commands = ((), ("chat",), ("bench",), ("doctor",), ("models", "list"), ("models", "prepare"))
    for command in (*commands, ("models", "verify"), ("models", "import")):
        code, out, _ = run(capsys, monkeypatch, *command, "--help")
        assert code == 0
        assert "--home" in out
        assert "--offline" in out


def test_a_mistake_in_the_settings_is_said_and_the_command_does_its_work(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    (home / "settings.toml").write_text('colour = "red"\nthreads = "many"\nmodel = "tiny-optimum"\n', encoding="utf-8")
    code, out, err = run(capsys, monkeypatch, "chat", "hi", "--max-tokens", "2", "--home", home)
    assert (code, bool(out.strip())) == (0, True)
    assert "line 1: unknown key “colour”" in err
    assert "line 2: “threads” must be a whole number" in err
    assert run(capsys, monkeypatch, "models", "use", "tiny-optimum", "--home", home)[0] == 0
    assert 'threads = "many"' in (home / "settings.toml").read_text(encoding="utf-8")


def test_a_mistake_in_the_choices_of_quick_prompts_is_said_and_the_rest_holds(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    (home / "quick.toml").write_text('colour = "red"\norder = ["translate"]\n', encoding="utf-8")
    code, out, err = run(capsys, monkeypatch, "quick", "--list", "--json", "--home", home)
    assert (code, json.loads(out.splitlines()[0])["id"]) == (0, "translate")
    assert err == f"The settings in {home / 'quick.toml'}, line 1: unknown key “colour”; the usual value holds.\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_behind_the_output_is_told_in_a_sentence() -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:  # noqa: PTH123  # as a shell opens it
        done = subprocess.run(
            [sys.executable, "-m", "desktop", "draft", "list"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, "The output cannot be written (No space left on device).\n")
